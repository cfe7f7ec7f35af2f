package io.earshot.models.synth;

import be.tarsos.dsp.util.fft.FFT;

/**
 * A long filter applied fast: the kernel is cut into blocks whose spectra are kept, the signal is
 * transformed block by block, and each output block is one inverse transform of their products.
 *
 * <p>Source: T. G. Stockham, "High-speed convolution and correlation" (1966), uniformly
 * partitioned, overlap-save. Blocks stay below the 8,192 points from which TarsosDSP's transform
 * starts threads.
 */
final class Convolution {
  private static final int BLOCK = 2_048;
  private static final int SIZE = 2 * BLOCK;

  private final FFT fft = new FFT(SIZE);
  private final float[][] kernel;

  Convolution(float[] kernel) {
    this.kernel = new float[Math.max(1, (kernel.length + BLOCK - 1) / BLOCK)][];
    for (int k = 0; k < this.kernel.length; k++) {
      this.kernel[k] = spectrum(kernel, k * BLOCK, Math.min(kernel.length, (k + 1) * BLOCK));
    }
  }

  /** As long as the signal: what rings on beyond its end is lost. */
  float[] apply(float[] signal) {
    float[] out = new float[signal.length];
    float[][] past = new float[kernel.length][];
    for (int block = 0; block * BLOCK < signal.length; block++) {
      int at = block * BLOCK;
      past[block % past.length] = spectrum(signal, at - BLOCK, Math.min(signal.length, at + BLOCK));
      float[] sum = new float[SIZE];
      for (int k = 0; k <= Math.min(block, kernel.length - 1); k++) {
        addProduct(past[(block - k) % past.length], kernel[k], sum);
      }
      fft.backwardsTransform(sum);
      System.arraycopy(sum, BLOCK, out, at, Math.min(BLOCK, signal.length - at));
    }
    return out;
  }

  /** Of {@code samples[from .. to)}, zeros before the array's beginning and after {@code to}. */
  private float[] spectrum(float[] samples, int from, int to) {
    float[] spectrum = new float[SIZE];
    int skipped = Math.max(0, -from);
    System.arraycopy(samples, from + skipped, spectrum, skipped, to - from - skipped);
    fft.forwardTransform(spectrum);
    return spectrum;
  }

  /** The transform's layout: re[0], re[half], then re, im of the bins between. */
  private static void addProduct(float[] a, float[] b, float[] sum) {
    sum[0] += a[0] * b[0];
    sum[1] += a[1] * b[1];
    for (int i = 2; i < SIZE; i += 2) {
      sum[i] += a[i] * b[i] - a[i + 1] * b[i + 1];
      sum[i + 1] += a[i] * b[i + 1] + a[i + 1] * b[i];
    }
  }
}
