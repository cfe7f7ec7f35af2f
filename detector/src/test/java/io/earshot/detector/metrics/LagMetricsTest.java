package io.earshot.detector.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import org.junit.jupiter.api.Test;

class LagMetricsTest {
  private final CollectorRegistry registry = new CollectorRegistry();
  private final LagMetrics metrics = new LagMetrics(registry);

  @Test
  void aLagThatCannotBeKnownIsNotToldForLong() {
    metrics.lag("event", 7, 1.5);
    metrics.unknown();
    metrics.unknown();
    assertThat(value("earshot_lag_records")).isEqualTo(7);
    assertThat(value("earshot_lag_seconds")).isEqualTo(1.5);
    metrics.unknown();
    assertThat(value("earshot_lag_records")).isNull();
    assertThat(value("earshot_lag_seconds")).isNull();
    metrics.lag("event", 9, 2.5);
    metrics.unknown();
    assertThat(value("earshot_lag_records")).as("Kafka was back").isEqualTo(9);
  }

  private Double value(String name) {
    return registry.getSampleValue(name, new String[] {"stage"}, new String[] {"event"});
  }
}
