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

    /** Whether either begins in the range. */
    boolean isIn(ReplayRange range) {
      return (before != null && range.holds(before.onset()))
          || (after != null && range.holds(after.onset()));
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
    List<Pair> pairs = new ArrayList<>();
    Map<String, Event> byId = byId(after);
    for (Event event : before) {
      Event same = byId.get(event.id());
      if (same != null) {
        pairs.add(new Pair(event, same, Long.MAX_VALUE));
      }
    }
    Map<Span.Kind, List<Span>> others = spans(after);
    spans(before).forEach((kind, spans) -> overlaps(spans, others.get(kind), pairs));
    pairs.sort(Comparator.comparingLong(Pair::overlapMillis).reversed());
    return pairs;
  }

  private static Map<Span.Kind, List<Span>> spans(List<Event> events) {
    return events.stream()
        .map(Span::of)
        .sorted(Comparator.comparingLong(Span::onset))
        .collect(Collectors.groupingBy(span -> Span.Kind.of(span.event())));
  }

  /**
   * Both by onset. The others are of one detector, whose events of a label do not overlap: what has
   * ended before one span has ended before all later ones.
   */
  private static void overlaps(List<Span> spans, List<Span> others, List<Pair> pairs) {
    if (others == null) {
      return;
    }
    int first = 0;
    for (Span span : spans) {
      while (first < others.size() && others.get(first).end() <= span.onset()) {
        first++;
      }
      for (int i = first; i < others.size() && others.get(i).onset() < span.end(); i++) {
        pairs.add(new Pair(span.event(), others.get(i).event(), span.overlapMillis(others.get(i))));
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
