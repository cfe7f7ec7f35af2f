package io.earshot.detector.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProcessMetricsTest {
  @Test
  void kafkaIsUpWhileItAnswers() {
    CollectorRegistry registry = new CollectorRegistry();
    AtomicBoolean answers = new AtomicBoolean(true);
    new ProcessMetrics(registry, "detector", "1").kafka(answers::get);
    assertThat(registry.getSampleValue("earshot_kafka_up")).isEqualTo(1);
    answers.set(false);
    assertThat(registry.getSampleValue("earshot_kafka_up")).isZero();
  }
}
