package io.earshot.models.evaluate.soundscape;

import io.earshot.models.synth.Mixing;
import io.earshot.models.synth.Sound;
import java.util.random.RandomGenerator;

/**
 * A piece of a recording, from anywhere in it; one that is too short is repeated.
 *
 * <pre>{@code
 * float[] minute = LoopedSound.of(recording, new SplittableRandom(1), 60 * 16_000);
 * }</pre>
 */
public final class LoopedSound {
  /** In which one turn fades into the next: a seam that clicked would be an event. */
  private static final int SEAM = Sound.SAMPLE_RATE / 10;

  private LoopedSound() {}

  /**
   * The piece, a new array.
   *
   * @param recording 16 kHz mono, with at least one sample
   */
  public static float[] of(float[] recording, RandomGenerator random, int samples) {
    if (recording.length == 0) {
      throw new IllegalArgumentException("a recording without samples cannot be repeated");
    }
    float[] piece = new float[samples];
    if (recording.length >= samples) {
      int from = random.nextInt(recording.length - samples + 1);
      System.arraycopy(recording, from, piece, 0, samples);
      return piece;
    }
    int seam = Math.min(SEAM, recording.length / 2);
    float[] turn = faded(recording, seam);
    int step = recording.length - seam;
    for (int at = -random.nextInt(step) - seam; at < samples; at += step) {
      Mixing.add(turn, piece, at, 1);
    }
    return piece;
  }

  /** Sines and cosines: two turns that have nothing in common keep their power in the seam. */
  private static float[] faded(float[] recording, int seam) {
    float[] faded = recording.clone();
    for (int i = 0; i < seam; i++) {
      float in = (float) Math.sin(Math.PI / 2 * (i + 0.5) / seam);
      faded[i] *= in;
      faded[faded.length - 1 - i] *= in;
    }
    return faded;
  }
}
