package io.earshot.models.synth;

import java.util.random.RandomGenerator;

/** What struck things do: ring and fade, or just click. */
final class Ring {
  /** e-foldings after which nothing is left to hear: 60 dB. */
  private static final double FADED = Math.log(1000);

  private Ring() {}

  /**
   * Adds a sine that begins at {@code at} and fades; what is beyond the end is lost.
   *
   * @param decaySeconds in which it falls to 1/e
   */
  static void add(float[] out, int at, double hertz, double decaySeconds, double amplitude) {
    double angle = 2 * Math.PI * hertz / Sound.SAMPLE_RATE;
    double shrink = Math.exp(-1 / (decaySeconds * Sound.SAMPLE_RATE));
    double feedback = 2 * shrink * Math.cos(angle);
    double before = 0;
    double now = amplitude * shrink * Math.sin(angle);
    int end = (int) Math.min(out.length, at + FADED * decaySeconds * Sound.SAMPLE_RATE);
    for (int i = at; i < end; i++) {
      out[i] += (float) now;
      double next = feedback * now - shrink * shrink * before;
      before = now;
      now = next;
    }
  }

  /** Adds a burst of noise that fades likewise. */
  static void click(
      RandomGenerator random, float[] out, int at, double decaySeconds, double amplitude) {
    double shrink = Math.exp(-1 / (decaySeconds * Sound.SAMPLE_RATE));
    int end = (int) Math.min(out.length, at + FADED * decaySeconds * Sound.SAMPLE_RATE);
    double now = amplitude;
    for (int i = at; i < end; i++) {
      out[i] += (float) (now * (2 * random.nextDouble() - 1));
      now *= shrink;
    }
  }
}
