package io.earshot.detector.metrics;

import io.prometheus.client.Counter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The counters of one stream in a family whose second label says why. A reason that was counted
 * before allocates nothing. Once it is closed, no reason is told that is new. Any number of
 * threads.
 */
final class ByReason {
  private final Counter family;
  private final String stream;
  private final Map<String, Counter.Child> counters = new ConcurrentHashMap<>();
  private boolean closed;

  /**
   * @param reasons told as 0 before anything was counted
   */
  ByReason(Counter family, String stream, String... reasons) {
    this.family = family;
    this.stream = stream;
    for (String reason : reasons) {
      open(reason);
    }
  }

  void inc(String reason) {
    Counter.Child known = counters.get(reason);
    Counter.Child counter = known == null ? open(reason) : known;
    if (counter != null) {
      counter.inc();
    }
  }

  /** Takes the stream's counters out of the family. */
  synchronized void close() {
    closed = true;
    counters.keySet().forEach(reason -> family.remove(stream, reason));
  }

  /** Null once it is closed. */
  private synchronized Counter.Child open(String reason) {
    return closed ? null : counters.computeIfAbsent(reason, it -> family.labels(stream, it));
  }
}
