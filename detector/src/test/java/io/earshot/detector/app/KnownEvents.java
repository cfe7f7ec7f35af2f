package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds what a subscriber has read against the events that there should be. */
final class KnownEvents {
  /**
   * @param found events that are there, once or more
   * @param missing events that are not, or not whole
   * @param twice ids that opened or closed more than once
   * @param loose ids that opened and never closed, or closed and never opened
   * @param others closed events that should not be
   * @param strays those of them that are no part of an event that should be
   */
  record Tally(
      int expected,
      int found,
      List<KnownSound.Known> missing,
      Set<String> twice,
      Set<String> loose,
      List<Event> others,
      List<Event> strays) {
    boolean isExact() {
      return missing.isEmpty() && twice.isEmpty() && loose.isEmpty() && others.isEmpty();
    }
  }

  /** How far onsets and offsets may be from the truth where the level tells them. */
  private static final long STEP_MILLIS = 40;

  private final List<KnownSound.Known> expected;

  KnownEvents(List<KnownSound.Known> expected) {
    this.expected = expected;
  }

  /**
   * @param read in the topic's order
   */
  Tally tally(List<Event> read) {
    Map<String, Integer> opened = count(read, Event.State.OPEN);
    Map<String, Integer> closed = count(read, Event.State.CLOSED);
    List<KnownSound.Known> missing = new ArrayList<>(expected);
    List<Event> others = new ArrayList<>();
    for (Event event : read) {
      if (event.state() == Event.State.CLOSED) {
        boolean whole = event.coverage() == 1 && event.label().equals("Dog");
        Optional<KnownSound.Known> known = whole ? known(event) : Optional.empty();
        known.ifPresentOrElse(missing::remove, () -> others.add(event));
      }
    }
    Set<String> twice = new HashSet<>(repeated(opened));
    twice.addAll(repeated(closed));
    Set<String> loose = new HashSet<>(opened.keySet());
    loose.addAll(closed.keySet());
    loose.removeIf(id -> opened.containsKey(id) && closed.containsKey(id));
    List<Event> strays = others.stream().filter(event -> !isPart(event)).toList();
    int found = expected.size() - missing.size();
    return new Tally(expected.size(), found, missing, twice, loose, others, strays);
  }

  private Optional<KnownSound.Known> known(Event event) {
    return expected.stream()
        .filter(
            known ->
                known.stream().equals(event.stream())
                    && Math.abs(millis(known.onset(), event.onset())) <= STEP_MILLIS
                    && Math.abs(millis(known.offset(), event.offset())) <= STEP_MILLIS)
        .findFirst();
  }

  private boolean isPart(Event event) {
    return expected.stream()
        .anyMatch(
            known ->
                known.stream().equals(event.stream())
                    && millis(known.onset(), event.onset()) >= -STEP_MILLIS
                    && millis(known.offset(), event.offset()) <= STEP_MILLIS);
  }

  private static long millis(String from, String to) {
    return Duration.between(Instant.parse(from), Instant.parse(to)).toMillis();
  }

  private static Map<String, Integer> count(List<Event> read, Event.State state) {
    Map<String, Integer> counts = new HashMap<>();
    read.stream()
        .filter(event -> event.state() == state)
        .forEach(event -> counts.merge(event.id(), 1, Integer::sum));
    return counts;
  }

  private static List<String> repeated(Map<String, Integer> counts) {
    return counts.keySet().stream().filter(id -> counts.get(id) > 1).toList();
  }
}
