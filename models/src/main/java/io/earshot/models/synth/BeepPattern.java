package io.earshot.models.synth;

import java.util.random.RandomGenerator;

/** A rhythm of beeps and pauses that repeats. */
final class BeepPattern {
  /**
   * Evacuate: three beeps of half a second, then a longer pause (ISO 8201, NFPA 72). A cycle of 4
   * s.
   */
  static final BeepPattern TEMPORAL_THREE = new BeepPattern(0.5, 0.5, 0.5, 0.5, 0.5, 1.5);

  /** Carbon monoxide: four beeps of a tenth of a second, then 5 s of pause (NFPA 720). */
  static final BeepPattern TEMPORAL_FOUR = new BeepPattern(.1, .1, .1, .1, .1, .1, .1, 5);

  private final double[] seconds;

  /**
   * @param seconds how long each beep and the pause after it last, in turn: an even number
   */
  BeepPattern(double... seconds) {
    this.seconds = seconds;
  }

  /** The same rhythm, slower or faster. */
  BeepPattern stretched(double factor) {
    double[] stretched = seconds.clone();
    for (int i = 0; i < stretched.length; i++) {
      stretched[i] *= factor;
    }
    return new BeepPattern(stretched);
  }

  /**
   * The loudness of each sample, 0 to 1, begun anywhere in the cycle, but so that half of one beep
   * or more is within: no piece of an alarm is all pause.
   *
   * @param rise seconds in which a beep comes to (1 - 1/e) of its loudness
   * @param fall seconds in which it then fades to 1/e
   */
  float[] loudness(RandomGenerator random, int samples, double rise, double fall) {
    double at = begin(random, samples / (double) Sound.SAMPLE_RATE);
    double rising = step(rise);
    double falling = step(fall);
    float[] loudness = new float[samples];
    double now = isOn(at) ? 1 : 0;
    for (int i = 0; i < samples; i++) {
      boolean on = isOn(at + i / (double) Sound.SAMPLE_RATE);
      now += on ? rising * (1 - now) : -falling * now;
      loudness[i] = (float) now;
    }
    return loudness;
  }

  /** Where in the cycle a piece begins, 0 or more. */
  private double begin(RandomGenerator random, double pieceSeconds) {
    int beep = 2 * random.nextInt(seconds.length / 2);
    double half = seconds[beep] / 2;
    double onset = 0;
    for (int i = 0; i < beep; i++) {
      onset += seconds[i];
    }
    double begin = onset - Draw.between(random, -half, Math.max(-half, pieceSeconds - half));
    return begin - Math.floor(begin / cycle()) * cycle();
  }

  private boolean isOn(double at) {
    double left = at % cycle();
    int i = 0;
    while (i < seconds.length - 1 && left >= seconds[i]) {
      left -= seconds[i++];
    }
    return i % 2 == 0;
  }

  private double cycle() {
    double sum = 0;
    for (double each : seconds) {
      sum += each;
    }
    return sum;
  }

  private static double step(double seconds) {
    return 1 - Math.exp(-1 / (seconds * Sound.SAMPLE_RATE));
  }
}
