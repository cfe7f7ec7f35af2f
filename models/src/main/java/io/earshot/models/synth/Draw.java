package io.earshot.models.synth;

import java.util.random.RandomGenerator;

/** What variations are drawn from. */
final class Draw {
  private Draw() {}

  /** Uniform. */
  static double between(RandomGenerator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** Uniform in the logarithm, for frequencies and times. */
  static double ratioBetween(RandomGenerator random, double low, double high) {
    return low * Math.pow(high / low, random.nextDouble());
  }

  static boolean chance(RandomGenerator random, double probability) {
    return random.nextDouble() < probability;
  }

  static double oneOf(RandomGenerator random, double... values) {
    return values[random.nextInt(values.length)];
  }

  /** The wait until the next of events that come by chance, {@code perSecond} on average. */
  static double wait(RandomGenerator random, double perSecond) {
    return -Math.log(1 - random.nextDouble()) / perSecond;
  }
}
