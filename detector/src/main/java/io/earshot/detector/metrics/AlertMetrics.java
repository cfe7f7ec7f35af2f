package io.earshot.detector.metrics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.List;

/** What becomes of alerts, as series for Prometheus. Any number of threads. */
public final class AlertMetrics implements PipelineMetrics {
  private static final List<String> OUTCOMES =
      List.of("delivered", "retried", "dead_letter", "suppressed", "no_event");

  private final Counter alerts;

  /**
   * Metrics that have counted nothing yet.
   *
   * @param subscriptions their names
   */
  public AlertMetrics(CollectorRegistry registry, List<String> subscriptions) {
    alerts =
        new Families(registry)
            .counter(
                "earshot_alerts_total",
                "Alerts by what became of them; retried counts each attempt that was not the last.",
                "subscription",
                "outcome");
    for (String subscription : subscriptions) {
      OUTCOMES.forEach(outcome -> alerts.labels(subscription, outcome));
    }
  }

  @Override
  public void alert(String subscription, String outcome) {
    alerts.labels(subscription, outcome).inc();
  }
}
