package io.earshot.detector.app;

import java.time.Instant;
import java.util.Map;

/**
 * What other decisions have made of sound that was heard before.
 *
 * @param events in their last states
 * @param misses what became no event
 * @param since from when on each stream was heard
 */
record Replayed(LastStates events, Misses misses, Map<String, Instant> since) {
  static Replayed nothing(ReplayRange range) {
    return new Replayed(new LastStates(range), new Misses(), Map.of());
  }

  /** Whether what was published with that onset can be compared. */
  boolean heard(String stream, String onset) {
    Instant from = since.get(stream);
    return from != null && !Instant.parse(onset).isBefore(from);
  }
}
