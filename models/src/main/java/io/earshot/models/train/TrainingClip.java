package io.earshot.models.train;

import io.earshot.models.feature.LogMel;

/**
 * A labelled recording to learn from.
 *
 * <pre>{@code
 * TrainingClip clip = new TrainingClip("1-100032-A.ogg", "dog_bark", 1, samples);
 * boolean heldOut = clip.fold() == 1;
 * }</pre>
 *
 * <p>Immutable if nobody writes to its samples.
 */
public final class TrainingClip {
  private final String name;
  private final String label;
  private final int fold;
  private final float[] samples;

  /**
   * A clip of any length.
   *
   * @param name for messages
   * @param label the one class that is heard in it
   * @param fold clips of one recording share a fold, 1 and up; 0 for a clip that is always learnt
   *     from and never judged by
   * @param samples 16 kHz mono in [-1, 1]; kept, not copied
   */
  public TrainingClip(String name, String label, int fold, float[] samples) {
    if (fold < 0) {
      throw new IllegalArgumentException(name + ": fold " + fold + " is below 0");
    }
    this.name = name;
    this.label = label;
    this.fold = fold;
    this.samples = samples;
  }

  public String name() {
    return name;
  }

  public String label() {
    return label;
  }

  public int fold() {
    return fold;
  }

  /** The samples themselves, not to be written to. */
  float[] samples() {
    return samples;
  }

  /** How long it is. */
  public double seconds() {
    return (double) samples.length / LogMel.SAMPLE_RATE;
  }
}
