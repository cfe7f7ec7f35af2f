package io.earshot.detector.metrics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;

/**
 * How far each stage is behind what is written for it. A lag that cannot be known stays as it was
 * at first, and is not told after {@value #PATIENCE} looks in vain. Told by one thread.
 */
public final class LagMetrics {
  private static final String STAGE = "stage";
  private static final int PATIENCE = 3;

  private final Gauge records;
  private final Gauge seconds;
  private int failures;

  /** Metrics of stages that are yet to be told of. */
  public LagMetrics(CollectorRegistry registry) {
    Families of = new Families(registry);
    records = of.gauge("earshot_lag_records", "Records that a stage has not done yet.", STAGE);
    seconds =
        of.gauge(
            "earshot_lag_seconds", "Age of the first record that a stage has not done.", STAGE);
  }

  /** A stage is so far behind. */
  public void lag(String stage, long behind, double age) {
    failures = 0;
    records.labels(stage).set((double) behind);
    seconds.labels(stage).set(age);
  }

  /** A look at all stages has failed. */
  public void unknown() {
    failures++;
    if (failures >= PATIENCE) {
      records.clear();
      seconds.clear();
    }
  }
}
