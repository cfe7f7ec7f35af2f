package io.earshot.models.synth;

/** A tone of moving pitch with overtones, none of which folds back at half the sample rate. */
final class Oscillator {
  /** Overtones fade between these, so that none clicks where a sweep carries it out of range. */
  private static final double FADE_HZ = 7_000;

  private static final double END_HZ = 7_900;

  private final double[] overtones;
  private double cycles;

  /**
   * @param overtones amplitudes of the tone itself and of its multiples
   */
  Oscillator(double... overtones) {
    this.overtones = overtones;
  }

  /** Amplitudes of a square wave: odd multiples, each as strong as it is low. */
  static double[] square() {
    double[] overtones = new double[15];
    for (int k = 1; k <= overtones.length; k += 2) {
      overtones[k - 1] = 1.0 / k;
    }
    return overtones;
  }

  /** The next sample, at the pitch that it has now. */
  double next(double hertz) {
    cycles += hertz / Sound.SAMPLE_RATE;
    cycles -= Math.floor(cycles);
    // sin(k a) = 2 cos(a) sin((k - 1) a) - sin((k - 2) a): two calls whatever the overtones.
    double twoCosine = 2 * Math.cos(2 * Math.PI * cycles);
    double before = 0;
    double now = Math.sin(2 * Math.PI * cycles);
    double sum = 0;
    for (int k = 0; k < overtones.length; k++) {
      sum += overtones[k] * now * audible((k + 1) * hertz);
      double next = twoCosine * now - before;
      before = now;
      now = next;
    }
    return sum;
  }

  private static double audible(double hertz) {
    return Math.max(0, Math.min(1, (END_HZ - hertz) / (END_HZ - FADE_HZ)));
  }
}
