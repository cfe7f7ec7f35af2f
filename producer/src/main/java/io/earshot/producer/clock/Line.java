package io.earshot.producer.clock;

/**
 * Time as a straight line over samples.
 *
 * @param position a sample
 * @param micros its time
 * @param microsPerSample slope, above 0
 */
record Line(double position, double micros, double microsPerSample) {
  /** Two steps in a row are the same when they differ by less than this. */
  private static final double SAME_STEP_MICROS = 50_000;

  /** A slope further off is no clock, however bad, and no network that loses datagrams. */
  private static final double MAX_DRIFT = 0.05;

  static Line through(Point point, double microsPerSample) {
    return new Line(point.position(), point.micros(), microsPerSample);
  }

  double at(double sample) {
    return micros + (sample - position) * microsPerSample;
  }

  /** How much later that point is than the line. */
  double lateness(Point point) {
    return point.micros() - at(point.position());
  }

  /** Whether two observations show the same step; not where there was none before. */
  static boolean isSameStep(double micros, double before) {
    return Math.abs(micros - before) < SAME_STEP_MICROS;
  }

  /** Whether a sample clock that is nominally the other may have this slope. */
  static boolean isClock(double microsPerSample, double nominal) {
    return Math.abs(microsPerSample / nominal - 1) <= MAX_DRIFT;
  }

  Line later(double by) {
    return new Line(position, micros + by, microsPerSample);
  }

  /** A sample and a time at which it was there. */
  record Point(double position, double micros) {
    double slopeTo(Point other) {
      return (other.micros - micros) / (other.position - position);
    }
  }
}
