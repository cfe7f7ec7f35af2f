package io.earshot.detector.alert;

import io.earshot.detector.metrics.PipelineMetrics;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Counts alerts, as {@code door delivered}. */
final class CountingMetrics implements PipelineMetrics {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  @Override
  public void alert(String subscription, String outcome) {
    counts.merge(subscription + " " + outcome, 1, Integer::sum);
  }

  Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }
}
