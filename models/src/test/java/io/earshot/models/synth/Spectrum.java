package io.earshot.models.synth;

import be.tarsos.dsp.util.fft.FFT;

/** Power by frequency, averaged over half-overlapping Hann windows (Welch). */
final class Spectrum {
  private final int size;
  private final double[] power;

  private Spectrum(int size) {
    this.size = size;
    this.power = new double[size / 2];
  }

  static Spectrum of(float[] samples, int size) {
    return of(samples, 0, samples.length, size);
  }

  static Spectrum of(float[] samples, int from, int to, int size) {
    Spectrum spectrum = new Spectrum(size);
    FFT fft = new FFT(size);
    for (int at = from; at + size <= to; at += size / 2) {
      float[] window = new float[size];
      for (int i = 0; i < size; i++) {
        window[i] = (float) (samples[at + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / size)));
      }
      fft.forwardTransform(window);
      for (int bin = 1; bin < size / 2; bin++) {
        spectrum.power[bin] += Math.pow(window[2 * bin], 2) + Math.pow(window[2 * bin + 1], 2);
      }
    }
    return spectrum;
  }

  double strongestHz() {
    int strongest = 0;
    for (int bin = 1; bin < power.length; bin++) {
      strongest = power[bin] > power[strongest] ? bin : strongest;
    }
    return hertz(strongest);
  }

  /** The sum of the power from {@code low} to {@code high}. */
  double power(double low, double high) {
    double sum = 0;
    for (int bin = 0; bin < power.length; bin++) {
      sum += hertz(bin) >= low && hertz(bin) < high ? power[bin] : 0;
    }
    return sum;
  }

  /** By how many decibels one octave has more power per hertz than the next, on average. */
  double fallPerOctave(double low, int octaves) {
    double top = low * Math.pow(2, octaves);
    double first = power(low, 2 * low) / low;
    double last = power(top / 2, top) / (top / 2);
    return 10 * Math.log10(first / last) / (octaves - 1);
  }

  private double hertz(int bin) {
    return bin * (double) Sound.SAMPLE_RATE / size;
  }
}
