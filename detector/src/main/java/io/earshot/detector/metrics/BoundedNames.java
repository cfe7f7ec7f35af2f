package io.earshot.detector.metrics;

import io.earshot.producer.metrics.StreamTable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names that become labels of series: the first so many are told apart, all others are {@code
 * other}. Any number of threads.
 */
final class BoundedNames {
  private final int most;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  BoundedNames(int most) {
    this.most = most;
  }

  /** The name itself, or {@code other}. */
  String of(String name) {
    String there = known.get(name);
    if (there != null) {
      return there;
    }
    // A few names more than allowed, if threads meet here, are no harm.
    return known.size() < most ? known.computeIfAbsent(name, it -> it) : StreamTable.OTHER;
  }
}
