package io.earshot.producer.clock;

/**
 * Wall-clock time that runs as evenly as the monotonic clock.
 *
 * <p>Where the wall clock is set by no more than {@link #STEP_MICROS}, the difference is made up
 * for at {@link #SLEW}, the rate at which adjtime(3) and NTP (RFC 5905) do; where by more, at once,
 * but only after a second in which every look says so: a thread can be stopped between its looks at
 * the two clocks. Pure. One thread.
 */
final class WallTime {
  static final long STEP_MICROS = 200_000;
  private static final double SLEW = 500e-6;
  private static final long HOLD_NANOS = 1_000_000_000L;

  /** Wall clock less monotonic clock. */
  private double offsetMicros;

  private long lastNanos;
  private long agreedNanos;
  private boolean started;

  /** Microseconds since 1970. */
  double micros(Moment now) {
    double seen = now.wallMicros() - now.nanos() / 1000.0;
    if (!started) {
      started = true;
      offsetMicros = seen;
      lastNanos = now.nanos();
      agreedNanos = now.nanos();
    }
    double difference = seen - offsetMicros;
    if (Math.abs(difference) <= STEP_MICROS) {
      double most = SLEW * Math.max(0, now.nanos() - lastNanos) / 1000;
      offsetMicros += Math.max(-most, Math.min(most, difference));
      agreedNanos = now.nanos();
    } else if (now.nanos() - agreedNanos > HOLD_NANOS) {
      offsetMicros = seen;
      agreedNanos = now.nanos();
    }
    lastNanos = Math.max(lastNanos, now.nanos());
    return now.nanos() / 1000.0 + offsetMicros;
  }
}
