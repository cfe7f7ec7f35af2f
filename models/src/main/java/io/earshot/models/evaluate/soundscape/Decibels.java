package io.earshot.models.evaluate.soundscape;

/** Levels of sound. */
final class Decibels {
  private Decibels() {}

  /** The factor of so many decibels. */
  static double gain(double decibels) {
    return Math.pow(10, decibels / 20);
  }

  /** Root mean square of {@code samples[from .. to)}. */
  static double rms(float[] samples, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return Math.sqrt(sum / Math.max(1, to - from));
  }

  static float peak(float[] samples) {
    float peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }

  /** Scales in place; silence stays silence. */
  static float[] toRms(float[] samples, double rms) {
    double found = rms(samples, 0, samples.length);
    return found > 0 ? scale(samples, rms / found) : samples;
  }

  /** Scales in place. */
  static float[] scale(float[] samples, double gain) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= (float) gain;
    }
    return samples;
  }
}
