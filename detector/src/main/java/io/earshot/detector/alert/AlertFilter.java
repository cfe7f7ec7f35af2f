package io.earshot.detector.alert;

import java.util.List;
import java.util.Set;

/**
 * Which events a subscription wants.
 *
 * @param labels exact, or beginnings with a star behind; empty for all
 * @param streams likewise
 * @param minConfidence the least
 */
public record AlertFilter(
    List<String> labels, List<String> streams, double minConfidence, Set<AlertState> states) {
  public AlertFilter {
    labels = List.copyOf(labels);
    streams = List.copyOf(streams);
    states = Set.copyOf(states);
  }

  /** Whether the event is of a label and a stream that is wanted. */
  boolean concerns(Alert alert) {
    return matches(labels, alert.label()) && matches(streams, alert.stream());
  }

  boolean isSure(Alert alert) {
    return alert.confidence() >= minConfidence;
  }

  private static boolean matches(List<String> patterns, String text) {
    return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, text));
  }

  private static boolean matches(String pattern, String text) {
    return pattern.endsWith("*")
        ? text.startsWith(pattern.substring(0, pattern.length() - 1))
        : text.equals(pattern);
  }
}
