package io.earshot.detector.live;

/** How loud a stretch of sound is, from its samples. Not thread-safe. */
final class Level {
  /** Of silence, as in events. */
  static final double SILENCE_DBFS = -120;

  private double squares;
  private double peak;
  private long samples;

  void add(float[] some, int count) {
    for (int i = 0; i < count; i++) {
      squares += (double) some[i] * some[i];
      peak = Math.max(peak, Math.abs(some[i]));
    }
    samples += count;
  }

  /** Root mean square and peak, dB relative to full scale, in tenths. */
  double[] dbfs() {
    double rms = samples == 0 ? 0 : Math.sqrt(squares / samples);
    return new double[] {decibels(rms), decibels(peak)};
  }

  private static double decibels(double amplitude) {
    return tenths(Math.max(SILENCE_DBFS, 20 * Math.log10(amplitude)));
  }

  static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
