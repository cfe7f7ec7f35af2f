package io.earshot.models.feature;

import java.util.Arrays;

/**
 * Triangular HTK mel bands over the bins of a magnitude spectrum, kept sparse: a bin touches two
 * bands at most.
 *
 * <p>Source: {@code spectrogram_to_mel_matrix} of VGGish's {@code mel_features.py} (Hershey et al.,
 * "CNN architectures for large-scale audio classification", ICASSP 2017): slopes are linear in mel,
 * not in hertz, and the DC bin belongs to no band.
 */
final class MelBands {
  private final int[] firstBin;
  private final float[][] weights;

  /**
   * @param bands number of bands
   * @param bins bins of the spectrum, from 0 Hz to half the rate inclusive
   * @param rate samples a second
   */
  MelBands(int bands, int bins, int rate, double lowHz, double highHz) {
    firstBin = new int[bands];
    weights = new float[bands][];
    double low = mel(lowHz);
    double step = (mel(highHz) - low) / (bands + 1);
    for (int band = 0; band < bands; band++) {
      double lower = low + band * step;
      double[] row = new double[bins];
      int first = bins;
      int end = 0;
      for (int bin = 1; bin < bins; bin++) {
        double at = mel(bin * (rate / 2.0) / (bins - 1));
        row[bin] = Math.max(0, Math.min((at - lower) / step, (lower + 2 * step - at) / step));
        if (row[bin] > 0) {
          first = Math.min(first, bin);
          end = bin + 1;
        }
      }
      firstBin[band] = Math.min(first, end);
      weights[band] = new float[end - firstBin[band]];
      for (int i = 0; i < weights[band].length; i++) {
        weights[band][i] = (float) row[firstBin[band] + i];
      }
    }
  }

  /**
   * Writes the energies of {@code band} in the spectra of many rows.
   *
   * @param magnitudes {@code [bin][row]}
   * @param energies one for each row
   */
  void energies(float[][] magnitudes, int band, float[] energies, int rows) {
    float[] row = weights[band];
    int bin = firstBin[band];
    Arrays.fill(energies, 0, rows, 0f);
    int i = 0;
    for (; i + 1 < row.length; i += 2) {
      float[] first = magnitudes[bin + i];
      Lanes.add(energies, first, row[i], magnitudes[bin + i + 1], row[i + 1], rows);
    }
    if (i < row.length) {
      Lanes.add(energies, magnitudes[bin + i], row[i], rows);
    }
  }

  /** Which band has its centre at that frequency; between two centres it is between the two. */
  static double position(double hertz, int bands, double lowHz, double highHz) {
    double step = (mel(highHz) - mel(lowHz)) / (bands + 1);
    return (mel(hertz) - mel(lowHz)) / step - 1;
  }

  private static double mel(double hertz) {
    return 1127.0 * Math.log1p(hertz / 700.0);
  }
}
