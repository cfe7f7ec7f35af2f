package io.earshot.detector.live;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who watches, and which stream each has chosen. Any thread. */
final class Audience {
  private static final String NONE = "";

  private final int most;
  private final Map<Viewer, String> viewers = new ConcurrentHashMap<>();

  Audience(int most) {
    this.most = most;
  }

  /**
   * Takes another one.
   *
   * @param stream null if it has chosen none
   * @return false if there are too many
   */
  synchronized boolean join(Viewer viewer, String stream) {
    if (viewers.size() >= most) {
      return false;
    }
    viewers.put(viewer, stream == null ? NONE : stream);
    return true;
  }

  synchronized void leave(Viewer viewer) {
    viewers.remove(viewer);
  }

  boolean isEmpty() {
    return viewers.isEmpty();
  }

  /** Whether somebody has chosen a stream. */
  boolean hasChosen() {
    return viewers.values().stream().anyMatch(chosen -> !chosen.equals(NONE));
  }

  boolean hasChosen(String stream) {
    return viewers.containsValue(stream);
  }

  void tellAll(Message message) {
    viewers.keySet().forEach(viewer -> viewer.tell(message));
  }

  /** Tells those who have chosen the stream. */
  void tell(String stream, Message message) {
    viewers.forEach(
        (viewer, chosen) -> {
          if (chosen.equals(stream)) {
            viewer.tell(message);
          }
        });
  }

  Collection<Viewer> all() {
    return viewers.keySet();
  }
}
