package io.earshot.producer.metrics;

import io.earshot.producer.spool.Loss;
import io.earshot.producer.spool.SpoolMetrics;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;

/**
 * What becomes of frames that go through a spool. Those that were lost are counted by why: the log
 * says of which stream.
 */
final class SpoolCounts implements SpoolMetrics {
  private final Counter acknowledged;
  private final Counter spooled;
  private final Counter lost;
  private final Counter damaged;
  private final Gauge bytes;
  private final Counter failures;

  /**
   * Counts that are 0 yet.
   *
   * @param failures counts sends that failed
   */
  SpoolCounts(CollectorRegistry registry, Counter failures) {
    this.failures = failures;
    acknowledged =
        Counter.build("earshot_producer_acknowledged_total", "Frames that Kafka has acknowledged.")
            .withoutExemplars()
            .register(registry);
    spooled =
        Counter.build("earshot_producer_spooled_total", "Frames written to the spool.")
            .withoutExemplars()
            .register(registry);
    lost =
        Counter.build("earshot_producer_lost_total", "Frames that will never reach Kafka.")
            .labelNames("reason")
            .withoutExemplars()
            .register(registry);
    for (Loss reason : Loss.values()) {
      lost.labels(reason.code());
    }
    damaged =
        Counter.build(
                "earshot_producer_spool_damaged_bytes_total",
                "Bytes of the spool that were not what was written.")
            .withoutExemplars()
            .register(registry);
    bytes =
        Gauge.build("earshot_producer_spool_bytes", "Size of the spool's files.")
            .register(registry);
  }

  @Override
  public void arrived(String stream) {
    acknowledged.inc();
  }

  @Override
  public void spooled(String stream) {
    spooled.inc();
  }

  @Override
  public void lost(String stream, Loss reason, int frames) {
    lost.labels(reason.code()).inc(frames);
  }

  @Override
  public void damaged(long count) {
    damaged.inc((double) count);
  }

  @Override
  public void spoolBytes(long now) {
    bytes.set((double) now);
  }

  @Override
  public void sendFailed() {
    failures.inc();
  }
}
