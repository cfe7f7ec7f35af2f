package io.earshot.detector.alert;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Counts events against a limit, over a window that slides. They need not come in the order of
 * time: after an outage one partition is read to its end before the next is begun.
 *
 * <p>Pure: time comes in.
 */
final class RateLimiter {
  private static final int KEYS = 10_000;
  private static final int TIMES = 1_000;

  private final RateLimit limit;
  private final RecentMap<String, Window> windows = new RecentMap<>(KEYS);

  private static final class Window {
    /** When events were that were admitted, sorted; the last ones. */
    final List<Long> admitted = new ArrayList<>();

    int suppressed;
  }

  RateLimiter(RateLimit limit) {
    this.limit = limit;
  }

  /**
   * Whether one more is within the limit. One that is not is counted as suppressed.
   *
   * @param millis when it was
   */
  boolean admits(Alert alert, long millis) {
    if (limit.equals(RateLimit.NONE)) {
      return true;
    }
    Window window = windows.computeIfAbsent(limit.key(alert), key -> new Window());
    if (!admit(window.admitted, millis)) {
      window.suppressed++;
      return false;
    }
    if (window.admitted.size() > limit.events() + TIMES) {
      window.admitted.remove(0);
    }
    return true;
  }

  private boolean admit(List<Long> times, long millis) {
    int found = Collections.binarySearch(times, millis);
    int at = found < 0 ? -found - 1 : found;
    times.add(at, millis);
    for (int first = Math.max(0, at - limit.events()); first <= at; first++) {
      if (isOver(times, first)) {
        times.remove(at);
        return false;
      }
    }
    return true;
  }

  /** Whether a window that begins with that one holds more than are allowed. */
  private boolean isOver(List<Long> times, int first) {
    int last = first + limit.events();
    return last < times.size() && times.get(last) - times.get(first) < limit.within().toMillis();
  }

  /** How many were suppressed of those counted with this one since that was last asked. */
  int takeSuppressed(Alert alert) {
    Window window = windows.get(limit.key(alert));
    if (window == null) {
      return 0;
    }
    int count = window.suppressed;
    window.suppressed = 0;
    return count;
  }
}
