package io.earshot.producer.clock;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What both clocks of this machine show.
 *
 * @param nanos of the monotonic clock, from any beginning
 * @param wallMicros microseconds since 1970 of the wall clock, which may be set
 */
public record Moment(long nanos, long wallMicros) {
  public static Moment now() {
    return new Moment(System.nanoTime(), ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
  }
}
