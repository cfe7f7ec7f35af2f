package io.earshot.producer.testing;

/**
 * A sine fitted to sound by least squares, and what is left of the sound without it.
 *
 * @param amplitude of the sine
 * @param delaySamples how late it is against a sine that begins with the sound
 * @param snrDecibels power of the sine over that of the rest
 */
public record Tone(double amplitude, double delaySamples, double snrDecibels) {
  /** A sine of amplitude 0.5 that begins at phase 0. */
  public static float[] sine(int rate, double hertz, int samples) {
    float[] sound = new float[samples];
    for (int n = 0; n < samples; n++) {
      sound[n] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * n / rate));
    }
    return sound;
  }

  /** Fits to {@code sound[from..to)}. */
  public static Tone fit(float[] sound, double hertz, int rate, int from, int to) {
    double omega = 2 * Math.PI * hertz / rate;
    double ss = 0;
    double cc = 0;
    double sc = 0;
    double ys = 0;
    double yc = 0;
    for (int n = from; n < to; n++) {
      double s = Math.sin(omega * n);
      double c = Math.cos(omega * n);
      ss += s * s;
      cc += c * c;
      sc += s * c;
      ys += sound[n] * s;
      yc += sound[n] * c;
    }
    double sine = (ys * cc - yc * sc) / (ss * cc - sc * sc);
    double cosine = (yc * ss - ys * sc) / (ss * cc - sc * sc);
    double tone = 0;
    double rest = 0;
    for (int n = from; n < to; n++) {
      double fitted = sine * Math.sin(omega * n) + cosine * Math.cos(omega * n);
      tone += fitted * fitted;
      rest += (sound[n] - fitted) * (sound[n] - fitted);
    }
    return new Tone(
        Math.hypot(sine, cosine), -Math.atan2(cosine, sine) / omega, 10 * Math.log10(tone / rest));
  }

  /** Root mean square of {@code sound[from..to)} against that of {@link #sine}, in decibels. */
  public static double levelDecibels(float[] sound, int from, int to) {
    double sum = 0;
    for (int n = from; n < to; n++) {
      sum += sound[n] * (double) sound[n];
    }
    return 10 * Math.log10(sum / (to - from) / 0.125);
  }
}
