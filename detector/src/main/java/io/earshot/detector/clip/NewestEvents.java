package io.earshot.detector.clip;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last events that are over, and so will not change, as JSON: so many and no more. Any thread.
 */
final class NewestEvents {
  private final int most;
  private final Map<String, byte[]> events = new LinkedHashMap<>();

  NewestEvents(int most) {
    this.most = most;
  }

  /** Takes a record of {@code earshot.events}; what is none, or goes on, is passed over. */
  void add(byte[] value) {
    StoredEvent stored = StoredEvent.read(value);
    if (stored != null && stored.isOver()) {
      put(stored.event().id(), value);
    }
  }

  /** The event; null if it is not among them. */
  StoredEvent get(String id) {
    byte[] value = value(id);
    return value == null ? null : StoredEvent.read(value);
  }

  private synchronized byte[] value(String id) {
    return events.get(id);
  }

  private synchronized void put(String id, byte[] value) {
    events.put(id, value);
    if (events.size() > most) {
      events.remove(events.keySet().iterator().next());
    }
  }
}
