package io.earshot.models.feature;

/**
 * The magnitude spectra of up to 96 rows, side by side: one array of rows for each bin.
 *
 * <p>400 samples times the window, then zeros up to 512, as 256 complex numbers of two samples
 * each: a radix-2 transform of those, decimated in time, and one more round of butterflies that
 * takes the two apart. Every step is a loop over the rows ({@link Lanes}); within one row it would
 * be no faster than any other transform in Java. The transform goes depth first, so that most of
 * its work stays in the nearest cache.
 *
 * <p>Source: Cooley and Tukey (1965); the two halves as in Sorensen et al., "Real-valued fast
 * Fourier transform algorithms" (IEEE Transactions on ASSP, 1987).
 */
final class Spectra {
  /** Bins of 31.25 Hz from 0 Hz to half the sample rate, both included. */
  static final int BINS = 257;

  private static final int POINTS = BINS - 1;
  private static final int HALF = POINTS / 2;
  private static final int HOP = LogMel.HOP_SAMPLES;

  /** Half of VGGish's periodic Hann window: the butterflies of {@link #unfold} double all. */
  private final float[] window = new float[LogMel.WINDOW_SAMPLES];

  /** exp(-2 pi i k / 512). */
  private final float[] cosines = new float[POINTS];

  private final float[] sines = new float[POINTS];

  /** {@code sound[i][n]} is sample 160 n + i: those of all rows at once, each fetched once. */
  private final float[][] sound = new float[HOP][LogMel.ROWS + LogMel.WINDOW_SAMPLES / HOP];

  private final float[][] re = new float[POINTS][LogMel.ROWS];
  private final float[][] im = new float[POINTS][LogMel.ROWS];

  Spectra() {
    for (int i = 0; i < window.length; i++) {
      window[i] = (float) (0.25 - 0.25 * Math.cos(2 * Math.PI * i / window.length));
    }
    for (int k = 0; k < POINTS; k++) {
      cosines[k] = (float) Math.cos(Math.PI * k / POINTS);
      sines[k] = (float) -Math.sin(Math.PI * k / POINTS);
    }
  }

  /**
   * The magnitudes of bins 1 to 255, {@code [bin][row]}; row r is that of the 400 samples from
   * {@code at} + 160 r on. Bins 0 and 256 belong to no band and are not computed. Valid until the
   * next call.
   *
   * @param rows 1 to 96
   */
  float[][] magnitudes(float[] samples, int at, int rows) {
    gather(samples, at, rows);
    applyWindow(rows);
    transform(0, POINTS, rows);
    unfold(rows);
    return re;
  }

  private void gather(float[] samples, int at, int rows) {
    for (int i = 0; i < HOP; i++) {
      int columns = rows + (LogMel.WINDOW_SAMPLES - 1 - i) / HOP;
      Lanes.gather(samples, at + i, HOP, sound[i], columns);
    }
    for (int i = 0; i < LogMel.WINDOW_SAMPLES; i += 2) {
      int point = bitReversed(i / 2);
      System.arraycopy(sound[i % HOP], i / HOP, re[point], 0, rows);
      System.arraycopy(sound[(i + 1) % HOP], i / HOP, im[point], 0, rows);
    }
  }

  /** With the first round of butterflies: a point and the one 256 samples later. */
  private void applyWindow(int rows) {
    for (int i = 0; i < POINTS; i += 2) {
      int point = bitReversed(i / 2);
      if (i + POINTS < window.length) {
        Lanes.sumAndDifference(re[point], window[i], re[point + 1], window[i + POINTS], rows);
        Lanes.sumAndDifference(
            im[point], window[i + 1], im[point + 1], window[i + 1 + POINTS], rows);
      } else {
        Lanes.twice(re[point], window[i], re[point + 1], rows);
        Lanes.twice(im[point], window[i + 1], im[point + 1], rows);
      }
    }
  }

  private void transform(int first, int points, int rows) {
    if (points == 2) {
      return;
    }
    int half = points / 2;
    int middle = first + half;
    transform(first, half, rows);
    transform(middle, half, rows);
    int step = 2 * POINTS / points;
    for (int k = 0; k < half; k++) {
      Lanes.butterfly(
          re[first + k],
          im[first + k],
          re[middle + k],
          im[middle + k],
          cosines[k * step],
          sines[k * step],
          rows);
    }
  }

  /**
   * From the spectrum of pairs to that of samples: bins k and 256 - k come of points k, 256 - k.
   */
  private void unfold(int rows) {
    for (int k = 1; k < HALF; k++) {
      int mirror = POINTS - k;
      Lanes.fold(re[k], im[k], re[mirror], im[mirror], rows);
      Lanes.butterfly(re[k], im[k], im[mirror], re[mirror], cosines[k], sines[k], rows);
      Lanes.magnitude(re[k], im[k], rows);
      Lanes.magnitude(re[mirror], im[mirror], rows);
    }
    Lanes.magnitude(re[HALF], im[HALF], rows);
    Lanes.scale(re[HALF], 2, rows);
  }

  private static int bitReversed(int point) {
    return Integer.reverse(point) >>> Integer.numberOfLeadingZeros(POINTS - 1);
  }
}
