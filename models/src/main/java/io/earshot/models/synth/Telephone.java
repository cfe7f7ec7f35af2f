package io.earshot.models.synth;

import java.util.random.RandomGenerator;

/** Dial tone, busy tone (ITU-T E.180) or dialled digits (ITU-T Q.23). */
final class Telephone implements Sound {
  private static final double[] ROWS = {697, 770, 852, 941};
  private static final double[] COLUMNS = {1209, 1336, 1477, 1633};
  private static final BeepPattern BUSY = new BeepPattern(0.5, 0.5);

  @Override
  public float[] make(RandomGenerator random, int samples) {
    float[] out = new float[samples];
    switch (random.nextInt(4)) {
      case 0 -> pair(random, out, 350, 440);
      case 1 -> pair(random, out, 425, 425);
      case 2 -> busy(random, out);
      default -> digits(random, out);
    }
    return out;
  }

  private static void busy(RandomGenerator random, float[] out) {
    pair(random, out, 480, 620);
    float[] loudness = BUSY.loudness(random, out.length, 0.002, 0.002);
    for (int i = 0; i < out.length; i++) {
      out[i] *= loudness[i];
    }
  }

  private static void digits(RandomGenerator random, float[] out) {
    double seconds = Draw.between(random, 0.07, 0.25);
    int length = (int) (seconds * SAMPLE_RATE);
    int at = random.nextInt(length);
    while (at < out.length) {
      int end = Math.min(out.length, at + length);
      pair(out, at, end, Draw.oneOf(random, ROWS), Draw.oneOf(random, COLUMNS));
      at = end + (int) (Draw.between(random, 0.05, 0.3) * SAMPLE_RATE);
    }
  }

  /** A pair that goes on, as far off as exchanges may be. */
  private static void pair(RandomGenerator random, float[] out, double low, double high) {
    double off = Draw.between(random, 0.985, 1.015);
    pair(out, 0, out.length, low * off, high * off);
  }

  private static void pair(float[] out, int from, int to, double low, double high) {
    Oscillator first = new Oscillator(1);
    Oscillator second = new Oscillator(1);
    for (int i = from; i < to; i++) {
      out[i] = (float) (first.next(low) + second.next(high));
    }
  }
}
