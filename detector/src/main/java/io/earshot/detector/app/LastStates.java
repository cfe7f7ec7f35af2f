package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last state of each event of a range, in the order in which they began to be told. */
final class LastStates {
  private final ReplayRange range;
  private final Map<String, Event> byId = new LinkedHashMap<>();

  LastStates(ReplayRange range) {
    this.range = range;
  }

  void add(Event event) {
    if (range.holds(event.onset())) {
      byId.put(event.id(), event);
    }
  }

  int size() {
    return byId.size();
  }

  List<Event> all() {
    return List.copyOf(byId.values());
  }
}
