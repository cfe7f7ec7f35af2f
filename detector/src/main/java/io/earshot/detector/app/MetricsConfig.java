package io.earshot.detector.app;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.earshot.detector.metrics.MetricsBounds;
import io.earshot.producer.metrics.MetricsSettings;
import java.time.Duration;

/** {@code metrics} in the configuration. */
@JsonNaming(SnakeCaseStrategy.class)
record MetricsConfig(boolean enabled, String listen, int port, int streams, int labels) {
  /** The default, which gives way where another role has it. */
  static final int PORT = 9464;

  /** So many roles on one machine find a port by themselves. */
  static final int TRIES = 10;

  /** How long the last numbers of a stream that is over can be read. */
  private static final Duration KEPT = Duration.ofMinutes(5);

  MetricsConfig {
    Check.address("listen", listen);
    Check.between("port", port, 1, 65_535);
    Check.between("streams", streams, 1, 10_000);
    Check.between("labels", labels, 1, 10_000);
  }

  /** Where to listen: a port that was chosen is the one, the default may give way to the next. */
  MetricsSettings settings() {
    return new MetricsSettings(listen, port, port == PORT ? TRIES : 1);
  }

  /**
   * How many series there may be.
   *
   * @param streamTimeout after which a silent stream is over
   */
  MetricsBounds bounds(Duration streamTimeout) {
    return new MetricsBounds(streams, labels, streamTimeout.plus(KEPT));
  }
}
