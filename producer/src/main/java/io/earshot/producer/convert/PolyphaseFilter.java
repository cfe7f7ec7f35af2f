package io.earshot.producer.convert;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * A Kaiser-windowed sinc low-pass, sampled once for each phase that an output sample can have
 * between two input samples. Kaiser's formulas: Oppenheim and Schafer, Discrete-Time Signal
 * Processing, 7.5.3.
 *
 * <p>Pass band to 15/16 of the lower Nyquist frequency (7.5 kHz for 16 kHz out), stop band from
 * that frequency on, 90 dB down.
 */
final class PolyphaseFilter {
  private static final double STOP_BAND_DB = 90;
  private static final double BETA = 0.1102 * (STOP_BAND_DB - 8.7);
  private static final double BESSEL_OF_BETA = bessel(BETA);

  /**
   * Half of the filter's length in samples of the lower of the two rates: Kaiser's {@code (A - 8) /
   * (2.285 * width)} taps for a width of a 32nd of the sampling rate, halved and rounded up.
   */
  private static final int HALF_LENGTH =
      (int) Math.ceil((STOP_BAND_DB - 8) / (2.285 * 2 * Math.PI / 32) / 2);

  /** Of a table with a row for each phase: 4 MB. Common rates need less. */
  private static final int MOST_TAPS = 1 << 19;

  /**
   * Rows in the time of a sample of the lower rate, where a row for each phase would be too many.
   * Interpolated between these the error is (pi/1024)^2/8, 118 dB down.
   */
  private static final int INTERPOLATED_ROWS = 1024;

  /** By input rate. */
  private static final Map<Integer, WeakReference<PolyphaseFilter>> IN_USE = new HashMap<>();

  private final int taps;
  private final int phases;
  private final double[][] rows;

  /**
   * The filter to 16 kHz; who asks for one that is in use gets the same. A table takes longer to
   * compute than a short clip to resample, and streams of one rate need it once. Any thread.
   *
   * @param phases positions between two input samples, the rate ratio's numerator in lowest terms
   */
  static PolyphaseFilter of(int inputRate, int phases) {
    PolyphaseFilter known = inUse(inputRate);
    // Designed outside the lock: nobody waits for somebody else's odd rate.
    return known != null
        ? known
        : share(inputRate, new PolyphaseFilter(inputRate, Resampler.OUTPUT_RATE, phases));
  }

  private static synchronized PolyphaseFilter inUse(int inputRate) {
    WeakReference<PolyphaseFilter> known = IN_USE.get(inputRate);
    return known == null ? null : known.get();
  }

  private static synchronized PolyphaseFilter share(int inputRate, PolyphaseFilter designed) {
    PolyphaseFilter known = inUse(inputRate);
    if (known != null) {
      return known;
    }
    IN_USE.values().removeIf(reference -> reference.refersTo(null));
    IN_USE.put(inputRate, new WeakReference<>(designed));
    return designed;
  }

  private PolyphaseFilter(int inputRate, int outputRate, int phases) {
    double stretch = Math.max(1, inputRate / (double) outputRate);
    int half = (int) Math.ceil(HALF_LENGTH * stretch);
    double cutoff = (31 / 32.0) / stretch;
    this.taps = 2 * half;
    this.phases = phases;
    boolean all = (long) phases * taps <= MOST_TAPS;
    int intervals = all ? phases : (int) Math.ceil(INTERPOLATED_ROWS / stretch);
    this.rows = new double[intervals + 1][];
    for (int row = 0; row <= intervals; row++) {
      rows[row] = row(row / (double) intervals, half, cutoff);
    }
  }

  /** How many numbers it holds. */
  int size() {
    return rows.length * taps;
  }

  /** Length of the filter in input samples, even: half before the output sample, half after. */
  int taps() {
    return taps;
  }

  /** The output sample at {@code phase / phases} after input sample {@code from + taps / 2 - 1}. */
  float apply(double[] in, int from, int phase) {
    long scaled = (long) phase * (rows.length - 1);
    int row = (int) (scaled / phases);
    double weight = scaled % phases / (double) phases;
    double sample = dot(in, from, rows[row]);
    if (weight != 0) {
      sample += weight * (dot(in, from, rows[row + 1]) - sample);
    }
    return (float) sample;
  }

  private static double[] row(double fraction, int half, double cutoff) {
    double[] row = new double[2 * half];
    double sum = 0;
    for (int tap = 0; tap < row.length; tap++) {
      double distance = tap - (half - 1) - fraction;
      row[tap] = sinc(cutoff * distance) * kaiser(distance / half);
      sum += row[tap];
    }
    for (int tap = 0; tap < row.length; tap++) {
      row[tap] /= sum; // each phase passes a constant exactly
    }
    return row;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static double kaiser(double x) {
    return Math.abs(x) > 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / BESSEL_OF_BETA;
  }

  /** Modified Bessel function of the first kind, order 0, by its power series. */
  private static double bessel(double x) {
    double square = x * x / 4;
    double term = 1;
    double sum = 1;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= square / (k * k);
      sum += term;
    }
    return sum;
  }

  /** Eight sums at once: one would wait for the adder at every tap. */
  private static double dot(double[] in, int from, double[] row) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    double e = 0;
    double f = 0;
    double g = 0;
    double h = 0;
    int tap = 0;
    for (; tap + 7 < row.length; tap += 8) {
      a += in[from + tap] * row[tap];
      b += in[from + tap + 1] * row[tap + 1];
      c += in[from + tap + 2] * row[tap + 2];
      d += in[from + tap + 3] * row[tap + 3];
      e += in[from + tap + 4] * row[tap + 4];
      f += in[from + tap + 5] * row[tap + 5];
      g += in[from + tap + 6] * row[tap + 6];
      h += in[from + tap + 7] * row[tap + 7];
    }
    for (; tap < row.length; tap++) {
      a += in[from + tap] * row[tap];
    }
    return a + b + (c + d) + (e + f + (g + h));
  }
}
