package io.earshot.models.feature;

import java.util.Objects;

/**
 * Rows of log-mel patches, each from 25 ms of sound.
 *
 * <pre>{@code
 * LogMel logMel = new LogMel(0.01);
 * float[] patch = new float[LogMel.PATCH_FLOATS];
 * logMel.rows(samples, 0, LogMel.ROWS, patch, 0);
 * }</pre>
 *
 * <p>16 kHz mono, samples in [-1, 1); 400-sample periodic Hann window, 160-sample hop, magnitude of
 * a 512-point FFT, 64 HTK mel bands from 125 to 7500 Hz, {@code log(mel + offset)}. A row depends
 * on its own 400 samples only, and comes out bit for bit the same whatever rows are computed with
 * it, so a stream cut anywhere gives the rows of the whole. Many rows at once (24 to 96) take much
 * less time than one by one.
 *
 * <p>Source: VGGish's {@code mel_features.py} and {@code vggish_params.py} (Hershey et al., ICASSP
 * 2017). YAMNet differs in the offset alone: 0.001 where VGGish has 0.01.
 *
 * <p>Not thread-safe: an instance owns its scratch buffers and serves one thread.
 */
public final class LogMel {
  public static final int SAMPLE_RATE = 16_000;
  public static final int WINDOW_SAMPLES = 400;
  public static final int HOP_SAMPLES = 160;
  public static final int BANDS = 64;

  /** Rows of a patch: 960 ms. */
  public static final int ROWS = 96;

  /** Samples that a patch needs: 960 ms and the last window's overhang. */
  public static final int PATCH_SAMPLES = (ROWS - 1) * HOP_SAMPLES + WINDOW_SAMPLES;

  /** Floats of a patch, row major. */
  public static final int PATCH_FLOATS = ROWS * BANDS;

  private static final double LOW_HZ = 125;
  private static final double HIGH_HZ = 7500;

  private final double offset;
  private final MelBands bands = new MelBands(BANDS, Spectra.BINS, SAMPLE_RATE, LOW_HZ, HIGH_HZ);
  private final Spectra spectra = new Spectra();
  private final float[] energies = new float[ROWS];
  private final float[] patch = new float[PATCH_FLOATS];

  /**
   * @param offset what is added before the logarithm, above 0
   */
  public LogMel(double offset) {
    if (!(offset > 0)) {
      throw new IllegalArgumentException("log offset must be above 0: " + offset);
    }
    this.offset = offset;
  }

  /**
   * Writes {@code count} rows: row r, of {@code samples[at + 160 r .. at + 160 r + 400)}, to {@code
   * out[outAt + 64 r .. outAt + 64 r + 64)}.
   *
   * @throws IndexOutOfBoundsException if either range leaves its array; then nothing is written
   */
  public void rows(float[] samples, int at, int count, float[] out, int outAt) {
    if (count > 0) {
      Objects.checkFromIndexSize(at, samples(count), samples.length);
    }
    Objects.checkFromIndexSize(outAt, count * BANDS, out.length);
    for (int row = 0; row < count; row += ROWS) {
      int rows = Math.min(ROWS, count - row);
      block(samples, at + row * HOP_SAMPLES, rows, out, outAt + row * BANDS);
    }
  }

  /**
   * Where a frequency lies on an axis of bands: band b spans b to b + 1 and has its centre midway.
   */
  public static double bandAt(double hertz) {
    return MelBands.position(hertz, BANDS, LOW_HZ, HIGH_HZ) + 0.5;
  }

  /** Samples that so many rows need, the last one's overhang included. */
  static int samples(int rows) {
    return (rows - 1) * HOP_SAMPLES + WINDOW_SAMPLES;
  }

  /** Room for a patch, for whoever uses this instance at the moment. */
  float[] patch() {
    return patch;
  }

  private void block(float[] samples, int at, int rows, float[] out, int outAt) {
    float[][] magnitudes = spectra.magnitudes(samples, at, rows);
    for (int band = 0; band < BANDS; band++) {
      bands.energies(magnitudes, band, energies, rows);
      for (int row = 0; row < rows; row++) {
        out[outAt + row * BANDS + band] = Logarithm.of(energies[row] + offset);
      }
    }
  }
}
