package io.earshot.detector.metrics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;

/** Makes families of series in a registry; none looks for trace ids to tell as exemplars. */
final class Families {
  private final CollectorRegistry registry;

  Families(CollectorRegistry registry) {
    this.registry = registry;
  }

  Counter counter(String name, String help, String... labels) {
    return Counter.build(name, help).labelNames(labels).withoutExemplars().register(registry);
  }

  Gauge gauge(String name, String help, String... labels) {
    return Gauge.build(name, help).labelNames(labels).register(registry);
  }

  /** What is constant and told in labels. */
  void info(String name, String help, String[] labels, String... values) {
    gauge(name, help, labels).labels(values).set(1);
  }

  Histogram histogram(String name, String help, double... buckets) {
    return Histogram.build(name, help).buckets(buckets).withoutExemplars().register(registry);
  }
}
