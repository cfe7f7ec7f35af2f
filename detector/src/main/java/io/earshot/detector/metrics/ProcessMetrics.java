package io.earshot.detector.metrics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import io.prometheus.client.hotspot.DefaultExports;
import java.util.function.BooleanSupplier;

/** What every role tells of itself: its role, its version, its Java. */
public final class ProcessMetrics {
  private final Families families;

  /**
   * Registers them.
   *
   * @param role as the command is called
   */
  public ProcessMetrics(CollectorRegistry registry, String role, String version) {
    families = new Families(registry);
    DefaultExports.register(registry);
    families.info("earshot_role_info", "The role of this process.", label("role"), role);
    families.info("earshot_build_info", "The version of Earshot.", label("version"), version);
  }

  /** Tells which model listens, and what on. */
  public void model(String name, String version, String provider) {
    families.info(
        "earshot_model_info",
        "The model that listens.",
        new String[] {"name", "version", "provider"},
        name,
        version,
        provider);
  }

  /** Tells whether Kafka answers. */
  public void kafka(BooleanSupplier answers) {
    families
        .gauge("earshot_kafka_up", "Whether Kafka answered when it was last asked: 1 or 0.")
        .setChild(
            new Gauge.Child() {
              @Override
              public double get() {
                return answers.getAsBoolean() ? 1 : 0;
              }
            });
  }

  private static String[] label(String name) {
    return new String[] {name};
  }
}
