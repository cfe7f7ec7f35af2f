package io.earshot.models.synth;

/**
 * Amplitudes and decibels.
 *
 * <pre>{@code
 * float[] softer = Level.scale(samples, Level.gain(-20));
 * double rms = Level.rms(samples, 0, samples.length);
 * }</pre>
 */
public final class Level {
  private Level() {}

  /** The factor of so many decibels. */
  public static double gain(double decibels) {
    return Math.pow(10, decibels / 20);
  }

  /** The largest magnitude; 0 of no samples. */
  public static float peak(float[] samples) {
    float peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }

  /** Scales in place so that the largest magnitude is {@code peak}; silence stays silence. */
  static float[] toPeak(float[] samples, double peak) {
    float found = peak(samples);
    return found > 0 ? scale(samples, peak / found) : samples;
  }

  /** Scales in place so that the root mean square is {@code rms}; silence stays silence. */
  public static float[] toRms(float[] samples, double rms) {
    double found = rms(samples, 0, samples.length);
    return found > 0 ? scale(samples, rms / found) : samples;
  }

  /** Scales in place. */
  public static float[] scale(float[] samples, double gain) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= (float) gain;
    }
    return samples;
  }

  /** Root mean square of {@code samples[from .. to)}. */
  public static double rms(float[] samples, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += samples[i] * samples[i];
    }
    return Math.sqrt(sum / Math.max(1, to - from));
  }
}
