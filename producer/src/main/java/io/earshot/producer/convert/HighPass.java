package io.earshot.producer.convert;

/**
 * A Butterworth high-pass of fourth order, 3 dB down at its corner and 24 dB an octave below, at 16
 * kHz: two second-order sections by the bilinear transform with the corner prewarped (Oppenheim and
 * Schafer, Discrete-Time Signal Processing, 7.2). One thread.
 */
final class HighPass {
  /** The quality of each pair of Butterworth poles, 1 / (2 cos(angle)). */
  private static final double[] QUALITIES = {
    1 / (2 * Math.cos(Math.PI / 8)), 1 / (2 * Math.cos(3 * Math.PI / 8))
  };

  private final Section first;
  private final Section second;

  HighPass(double cornerHertz) {
    this.first = new Section(cornerHertz, QUALITIES[0]);
    this.second = new Section(cornerHertz, QUALITIES[1]);
  }

  void filter(float[] samples, int count) {
    for (int i = 0; i < count; i++) {
      samples[i] = (float) second.next(first.next(samples[i]));
    }
  }

  /** Transposed direct form II. */
  private static final class Section {
    private final double b0;
    private final double a1;
    private final double a2;
    private double z1;
    private double z2;

    Section(double cornerHertz, double quality) {
      double omega = 2 * Math.PI * cornerHertz / Resampler.OUTPUT_RATE;
      double alpha = Math.sin(omega) / (2 * quality);
      this.b0 = (1 + Math.cos(omega)) / 2 / (1 + alpha);
      this.a1 = -2 * Math.cos(omega) / (1 + alpha);
      this.a2 = (1 - alpha) / (1 + alpha);
    }

    /** The numerator is b0 (1 - 2 z^-1 + z^-2): zero for a constant. */
    double next(double x) {
      double y = b0 * x + z1;
      z1 = -2 * b0 * x - a1 * y + z2;
      z2 = b0 * x - a2 * y;
      return y;
    }
  }
}
