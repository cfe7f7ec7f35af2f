package io.earshot.producer.convert;

/** Many channels to one: their mean, so that full scale stays full scale. */
public final class Downmix {
  private Downmix() {}

  /**
   * Writes {@code frames} samples to {@code mono}; may be the same array as {@code interleaved}.
   *
   * @param interleaved {@code frames * channels} samples
   */
  public static void toMono(float[] interleaved, int frames, int channels, float[] mono) {
    for (int frame = 0; frame < frames; frame++) {
      double sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        sum += interleaved[frame * channels + channel];
      }
      mono[frame] = (float) (sum / channels);
    }
  }
}
