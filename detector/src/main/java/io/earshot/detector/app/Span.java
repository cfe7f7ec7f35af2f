package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import java.time.Instant;

/**
 * Where an event is in time.
 *
 * @param onset milliseconds since 1970; so is {@code end}, which of an event that goes on is never
 */
record Span(Event event, long onset, long end) {
  /** Events of one kind may be the same one. */
  record Kind(String stream, String label) {
    static Kind of(Event event) {
      return new Kind(event.stream(), event.label());
    }
  }

  static Span of(Event event) {
    long onset = Instant.parse(event.onset()).toEpochMilli();
    long end = event.offset() == null ? Long.MAX_VALUE : onset + event.durationMs();
    return new Span(event, onset, end);
  }

  long overlapMillis(Span other) {
    return Math.min(end, other.end) - Math.max(onset, other.onset);
  }
}
