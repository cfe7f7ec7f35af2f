package io.earshot.detector.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertMetricsTest {
  @Test
  void everyOutcomeOfASubscriptionIsThereFromTheBeginning() {
    CollectorRegistry registry = new CollectorRegistry();
    AlertMetrics metrics = new AlertMetrics(registry, List.of("door"));
    metrics.alert("door", "delivered");
    metrics.alert("door", "delivered");
    assertThat(value(registry, "delivered")).isEqualTo(2);
    assertThat(value(registry, "dead_letter")).isZero();
    assertThat(value(registry, "suppressed")).isZero();
  }

  private static Double value(CollectorRegistry registry, String outcome) {
    return registry.getSampleValue(
        "earshot_alerts_total",
        new String[] {"subscription", "outcome"},
        new String[] {"door", outcome});
  }
}
