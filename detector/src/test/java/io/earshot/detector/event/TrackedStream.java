package io.earshot.detector.event;

import io.earshot.models.feature.Envelope;
import io.earshot.models.feature.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A stream of one label's scores, and what becomes of it: segments follow one another. */
final class TrackedStream {
  static final Instant T = Instant.parse("2026-01-02T03:04:00Z");
  static final Event.Model MODEL = new Event.Model("net", "2");

  final List<Event> events = new ArrayList<>();
  final List<Candidate> candidates = new ArrayList<>();
  private final EventTracker tracker;
  private final int hopMillis;
  private TrackerState state = TrackerState.EMPTY;
  private String session = "s";
  private long index;
  private long micros = T.toEpochMilli() * 1_000;

  TrackedStream(EventRules rules) {
    tracker = new EventTracker(rules);
    hopMillis = rules.hopMillis();
  }

  static TrackedStream of(RuleBuilder rule) {
    return new TrackedStream(new EventRules(MODEL, List.of(rule.build())));
  }

  /** Segments with these scores of the label. */
  TrackedStream hear(double... scores) {
    for (double score : scores) {
      hear(null, (float) score);
    }
    return this;
  }

  TrackedStream hear(Envelope envelope, float score) {
    return take(tracker.track(state, "door", next(envelope), new float[] {score}));
  }

  TrackedStream passOver(int segments) {
    for (int i = 0; i < segments; i++) {
      take(tracker.passOver(state, "door", next(null)));
    }
    return this;
  }

  /** Segments that never come. */
  TrackedStream lose(int segments) {
    index += segments;
    micros += segments * hopMillis * 1_000L;
    return this;
  }

  TrackedStream session(String name, long laterMillis) {
    session = name;
    index = 0;
    micros += laterMillis * 1_000;
    return this;
  }

  TrackedStream end(Event.EndedBy reason) {
    return take(tracker.end(state, "door", session, reason));
  }

  TrackerState state() {
    return state;
  }

  /** Closed events, in seconds from the first segment's start: {@code 0.96-2.88 offset}. */
  List<String> closed() {
    return events.stream()
        .filter(event -> event.state() == Event.State.CLOSED)
        .map(
            event ->
                seconds(event.onset())
                    + "-"
                    + seconds(event.offset())
                    + " "
                    + event.endedBy().name().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** Candidates likewise: {@code 0.96-1.92 too_short}. */
  List<String> rejected() {
    return candidates.stream()
        .map(
            candidate ->
                seconds(candidate.onset())
                    + "-"
                    + seconds(candidate.offset())
                    + " "
                    + candidate.reason().code())
        .toList();
  }

  List<Event.State> states() {
    return events.stream().map(Event::state).toList();
  }

  private static double seconds(String time) {
    return Duration.between(T, Instant.parse(time)).toMillis() / 1e3;
  }

  private Segment next(Envelope envelope) {
    Segment segment = new Segment(session, index, micros, 1, -20, envelope);
    index++;
    micros += hopMillis * 1_000L;
    return segment;
  }

  private TrackedStream take(EventTracker.Tracked tracked) {
    state = tracked.state();
    events.addAll(tracked.events());
    candidates.addAll(tracked.candidates());
    return this;
  }
}
