package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What two detectors made of the same sound: events that only the one has, that only the other has,
 * and those of both, alike or not.
 *
 * <p>Events of both have the same stream and label and the same id, or else overlap in time; each
 * is paired once, those with the longest overlap first. So of an event that has fallen apart into
 * three, the longest part is a change and the others are gained.
 *
 * <p>Pure.
 */
final class EventDiff {
  enum Change {
    GAINED,
    LOST,
    CHANGED,
    SAME
  }

  /**
   * @param before null if gained
   * @param after null if lost
   */
  record Difference(Change change, Event before, Event after) {
    /** The one to show: what there is after, or else what there was. */
    Event shown() {
      return after == null ? before : after;
    }
  }

  /** What can be paired. */
  private record Kind(String stream, String label) {
    static Kind of(Event event) {
      return new Kind(event.stream(), event.label());
    }
  }

  /** Milliseconds since 1970. */
  private record Span(Event event, long onset, long end) {
    static Span of(Event event) {
      long onset = Instant.parse(event.onset()).toEpochMilli();
      return new Span(event, onset, onset + event.durationMs());
    }

    long overlap(Span other) {
      return Math.min(end, other.end) - Math.max(onset, other.onset);
    }
  }

  private record Pair(Event before, Event after, long overlapMillis) {}

  private static final Comparator<Difference> ORDER =
      Comparator.comparing((Difference it) -> Instant.parse(it.shown().onset()))
          .thenComparing(it -> it.shown().stream())
          .thenComparing(it -> it.shown().label());

  private EventDiff() {}

  /** All of them, by onset. */
  static List<Difference> of(List<Event> before, List<Event> after) {
    List<Difference> differences = new ArrayList<>();
    Map<String, Event> lost = byId(before);
    Map<String, Event> gained = byId(after);
    for (Pair pair : pairs(before, after)) {
      if (lost.containsKey(pair.before.id()) && gained.containsKey(pair.after.id())) {
        lost.remove(pair.before.id());
        gained.remove(pair.after.id());
        Change change = alike(pair.before, pair.after) ? Change.SAME : Change.CHANGED;
        differences.add(new Difference(change, pair.before, pair.after));
      }
    }
    lost.values().forEach(event -> differences.add(new Difference(Change.LOST, event, null)));
    gained.values().forEach(event -> differences.add(new Difference(Change.GAINED, null, event)));
    differences.sort(ORDER);
    return differences;
  }

  private static Map<String, Event> byId(List<Event> events) {
    Map<String, Event> byId = new LinkedHashMap<>();
    events.forEach(event -> byId.put(event.id(), event));
    return byId;
  }

  /** Whatever could be a pair, the best first. */
  private static List<Pair> pairs(List<Event> before, List<Event> after) {
    Map<Kind, List<Span>> others =
        after.stream()
            .map(Span::of)
            .sorted(Comparator.comparingLong(Span::onset))
            .collect(Collectors.groupingBy(span -> Kind.of(span.event())));
    List<Pair> pairs = new ArrayList<>();
    for (Event event : before) {
      addPairs(Span.of(event), others.getOrDefault(Kind.of(event), List.of()), pairs);
    }
    pairs.sort(Comparator.comparingLong(Pair::overlapMillis).reversed());
    return pairs;
  }

  private static void addPairs(Span span, List<Span> others, List<Pair> pairs) {
    for (Span other : others) {
      boolean same = span.event().id().equals(other.event().id());
      long overlap = same ? Long.MAX_VALUE : span.overlap(other);
      if (overlap > 0) {
        pairs.add(new Pair(span.event(), other.event(), overlap));
      }
    }
  }

  /** Where one of them is not over, its end says nothing. */
  private static boolean alike(Event before, Event after) {
    boolean over = before.offset() != null && after.offset() != null;
    return before.onset().equals(after.onset())
        && (!over || before.offset().equals(after.offset()))
        && (!over || before.confidence() == after.confidence());
  }
}
