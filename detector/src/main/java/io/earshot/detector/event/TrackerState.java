package io.earshot.detector.event;

import java.util.ArrayList;
import java.util.List;

/**
 * All that the tracker remembers of a stream. Immutable; kept as JSON in the state store.
 *
 * @param seen the last segment of each of the stream's latest sessions, newest last
 * @param open the events that go on
 */
record TrackerState(List<Seen> seen, List<OpenEvent> open) {
  /** The last segment of a session. */
  record Seen(String session, long index) {}

  static final TrackerState EMPTY = new TrackerState(List.of(), List.of());

  /**
   * Sessions remembered, so that a replay of what came before a restart is known for what it is.
   */
  private static final int SESSIONS = 4;

  /** Whether this segment, or a later one of its session, has been tracked. */
  boolean hasSeen(String session, long index) {
    return seen.stream().anyMatch(s -> s.session().equals(session) && s.index() >= index);
  }

  /** Whether the session was tracked, and another one after it. */
  boolean hasLeft(String session) {
    return !seen.isEmpty()
        && seen.subList(0, seen.size() - 1).stream().anyMatch(s -> s.session().equals(session));
  }

  /** Whether the segment follows the last one directly. */
  boolean precedes(String session, long index) {
    if (seen.isEmpty()) {
      return false;
    }
    Seen last = seen.get(seen.size() - 1);
    return last.session().equals(session) && last.index() == index - 1;
  }

  /** When the last of what is open was heard; 0 if nothing is. */
  long lastMillis() {
    return Math.max(0, open.stream().mapToLong(OpenEvent::endMicros).max().orElse(0) / 1000);
  }

  TrackerState next(String session, long index, List<OpenEvent> nowOpen) {
    List<Seen> latest = new ArrayList<>(seen);
    latest.removeIf(s -> s.session().equals(session));
    latest.add(new Seen(session, index));
    if (latest.size() > SESSIONS) {
      latest.remove(0);
    }
    return new TrackerState(List.copyOf(latest), List.copyOf(nowOpen));
  }
}
