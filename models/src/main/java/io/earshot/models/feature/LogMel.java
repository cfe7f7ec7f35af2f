package io.earshot.models.feature;

import be.tarsos.dsp.util.fft.FFT;
import java.util.Arrays;

/**
 * One row of a log-mel patch from 25 ms of sound.
 *
 * <pre>{@code
 * LogMel logMel = new LogMel(0.01);
 * logMel.row(samples, 160 * n, patch, LogMel.BANDS * n); // row n of a patch
 * }</pre>
 *
 * <p>16 kHz mono, samples in [-1, 1); 400-sample periodic Hann window, 160-sample hop, magnitude of
 * a 512-point FFT, 64 HTK mel bands from 125 to 7500 Hz, {@code log(mel + offset)}. A row depends
 * on its own 400 samples only, so a stream cut anywhere gives the rows of the whole.
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

  private static final int FFT_SIZE = 512;
  private static final int BINS = FFT_SIZE / 2 + 1;
  private static final double LOW_HZ = 125;
  private static final double HIGH_HZ = 7500;

  private final double offset;
  private final float[] window = periodicHann();
  private final MelBands bands = new MelBands(BANDS, BINS, SAMPLE_RATE, LOW_HZ, HIGH_HZ);
  private final FFT fft = new FFT(FFT_SIZE);
  private final float[] spectrum = new float[FFT_SIZE];
  private final float[] magnitudes = new float[BINS];

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
   * Writes the row of {@code samples[at .. at + 400)} to {@code out[outAt .. outAt + 64)}.
   *
   * @throws IndexOutOfBoundsException if either range leaves its array
   */
  public void row(float[] samples, int at, float[] out, int outAt) {
    for (int i = 0; i < WINDOW_SAMPLES; i++) {
      spectrum[i] = samples[at + i] * window[i];
    }
    Arrays.fill(spectrum, WINDOW_SAMPLES, FFT_SIZE, 0f);
    fft.forwardTransform(spectrum);
    toMagnitudes();
    for (int band = 0; band < BANDS; band++) {
      out[outAt + band] = (float) Math.log(bands.energy(magnitudes, band) + offset);
    }
  }

  /** The transform's layout: re[0], re[256], then re, im of bins 1 to 255. */
  private void toMagnitudes() {
    magnitudes[0] = Math.abs(spectrum[0]);
    magnitudes[BINS - 1] = Math.abs(spectrum[1]);
    for (int bin = 1; bin < BINS - 1; bin++) {
      float re = spectrum[2 * bin];
      float im = spectrum[2 * bin + 1];
      magnitudes[bin] = (float) Math.sqrt(re * re + im * im);
    }
  }

  /**
   * VGGish's window divides by its length; TarsosDSP's Hann window is symmetric and does not fit.
   */
  private static float[] periodicHann() {
    float[] window = new float[WINDOW_SAMPLES];
    for (int i = 0; i < WINDOW_SAMPLES; i++) {
      window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOW_SAMPLES));
    }
    return window;
  }
}
