package io.earshot.producer.clock;

/**
 * Time as a straight line over samples.
 *
 * @param position a sample
 * @param micros its time
 * @param microsPerSample slope, above 0
 */
record Line(double position, double micros, double microsPerSample) {
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
