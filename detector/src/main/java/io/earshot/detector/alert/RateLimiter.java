package io.earshot.detector.alert;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Counts events against a limit, over a window that slides.
 *
 * <p>Pure: time comes in.
 */
final class RateLimiter {
  private static final int KEYS = 10_000;

  private final RateLimit limit;
  private final RecentMap<String, Window> windows = new RecentMap<>(KEYS);

  private static final class Window {
    final Deque<Long> admitted = new ArrayDeque<>();
    int suppressed;
  }

  RateLimiter(RateLimit limit) {
    this.limit = limit;
  }

  /** Whether one more is within the limit. One that is not is counted as suppressed. */
  boolean admits(Alert alert, long nowMillis) {
    if (limit.equals(RateLimit.NONE)) {
      return true;
    }
    Window window = windows.computeIfAbsent(limit.key(alert), key -> new Window());
    long since = nowMillis - limit.within().toMillis();
    while (!window.admitted.isEmpty() && window.admitted.getFirst() <= since) {
      window.admitted.removeFirst();
    }
    if (window.admitted.size() < limit.events()) {
      window.admitted.addLast(nowMillis);
      return true;
    }
    window.suppressed++;
    return false;
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
