package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The last state of each event, in the order in which they began to be told. */
final class LastStates {
  private final Map<String, Event> byId = new LinkedHashMap<>();

  void add(Event event) {
    byId.put(event.id(), event);
  }

  /** Those with an onset from one time on and before another. */
  List<Event> within(Instant from, Instant to) {
    Predicate<Instant> inside = time -> !time.isBefore(from) && time.isBefore(to);
    return byId.values().stream().filter(e -> inside.test(Instant.parse(e.onset()))).toList();
  }
}
