package io.earshot.models.synth;

/**
 * A second-order filter.
 *
 * <p>Source of the coefficients: Robert Bristow-Johnson, "Cookbook formulae for audio EQ biquad
 * filter coefficients" (W3C note, 2021).
 */
final class Biquad {
  /** The flattest that rings nowhere. */
  static final double FLAT_Q = Math.sqrt(0.5);

  private final double b0;
  private final double b1;
  private final double b2;
  private final double a1;
  private final double a2;

  private Biquad(double b0, double b1, double b2, double a0, double a1, double a2) {
    this.b0 = b0 / a0;
    this.b1 = b1 / a0;
    this.b2 = b2 / a0;
    this.a1 = a1 / a0;
    this.a2 = a2 / a0;
  }

  static Biquad lowPass(double hertz, double q) {
    double cosine = cosine(hertz);
    double alpha = alpha(hertz, q);
    double b = (1 - cosine) / 2;
    return new Biquad(b, 2 * b, b, 1 + alpha, -2 * cosine, 1 - alpha);
  }

  static Biquad highPass(double hertz, double q) {
    double cosine = cosine(hertz);
    double alpha = alpha(hertz, q);
    double b = (1 + cosine) / 2;
    return new Biquad(b, -2 * b, b, 1 + alpha, -2 * cosine, 1 - alpha);
  }

  /** Lets the centre through as it is. */
  static Biquad bandPass(double hertz, double q) {
    double alpha = alpha(hertz, q);
    return new Biquad(alpha, 0, -alpha, 1 + alpha, -2 * cosine(hertz), 1 - alpha);
  }

  /** Lifts the centre by so many decibels and leaves the rest. */
  static Biquad peak(double hertz, double q, double decibels) {
    double cosine = cosine(hertz);
    double alpha = alpha(hertz, q);
    double a = Level.gain(decibels / 2);
    return new Biquad(
        1 + alpha * a, -2 * cosine, 1 - alpha * a, 1 + alpha / a, -2 * cosine, 1 - alpha / a);
  }

  /** Lifts all that is well above {@code hertz} by so many decibels. */
  static Biquad highShelf(double hertz, double decibels) {
    double a = Level.gain(decibels / 2);
    double cosine = cosine(hertz);
    double slope = 2 * Math.sqrt(a) * alpha(hertz, FLAT_Q);
    return new Biquad(
        a * ((a + 1) + (a - 1) * cosine + slope),
        -2 * a * ((a - 1) + (a + 1) * cosine),
        a * ((a + 1) + (a - 1) * cosine - slope),
        (a + 1) - (a - 1) * cosine + slope,
        2 * ((a - 1) - (a + 1) * cosine),
        (a + 1) - (a - 1) * cosine - slope);
  }

  /** Filters in place, from rest. */
  float[] apply(float[] samples) {
    double z1 = 0;
    double z2 = 0;
    for (int i = 0; i < samples.length; i++) {
      double in = samples[i];
      double out = b0 * in + z1;
      z1 = b1 * in - a1 * out + z2;
      z2 = b2 * in - a2 * out;
      samples[i] = (float) out;
    }
    return samples;
  }

  private static double cosine(double hertz) {
    return Math.cos(2 * Math.PI * hertz / Sound.SAMPLE_RATE);
  }

  private static double alpha(double hertz, double q) {
    return Math.sin(2 * Math.PI * hertz / Sound.SAMPLE_RATE) / (2 * q);
  }
}
