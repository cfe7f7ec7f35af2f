package io.earshot.detector.app;

import io.earshot.detector.event.Candidate;
import io.earshot.detector.event.Event;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Events at seconds after ten o'clock. */
final class DiffEvents {
  private static final Instant TEN = Instant.parse("2026-11-27T10:00:00Z");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Event.Model MODEL = new Event.Model("m", "1");

  private DiffEvents() {}

  static Event event(String id, String stream, String label, double onset, double offset) {
    return event(id, Event.State.CLOSED, stream, label, onset, offset);
  }

  static Event open(String id, String stream, String label, double onset, double sofar) {
    return event(id, Event.State.OPEN, stream, label, onset, sofar);
  }

  static Candidate candidate(String stream, String label, double onset, double offset) {
    long millis = Math.round((offset - onset) * 1000);
    return new Candidate(
        "c",
        Candidate.Reason.BELOW_N_OF_M,
        stream,
        label,
        time(onset),
        time(offset),
        millis,
        0.8,
        0.5,
        List.of(),
        MODEL);
  }

  static ReplayRange range(double from, double to) {
    return new ReplayRange(
        TEN.plusMillis(Math.round(from * 1000)), TEN.plusMillis(Math.round(to * 1000)));
  }

  private static Event event(
      String id, Event.State state, String stream, String label, double onset, double end) {
    boolean over = state == Event.State.CLOSED;
    return new Event(
        id,
        state,
        stream,
        label,
        time(onset),
        over ? time(end) : null,
        960,
        over ? 960 : null,
        Math.round((end - onset) * 1000),
        over ? Event.EndedBy.OFFSET : null,
        null,
        0.8,
        0.7,
        1,
        -20,
        MODEL,
        0.5,
        List.of(new Event.Score(label, 0.8)),
        null);
  }

  private static String time(double seconds) {
    return TIME.format(TEN.plusMillis(Math.round(seconds * 1000)));
  }
}
