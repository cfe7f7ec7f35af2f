package io.earshot.detector.app;

import io.earshot.detector.metrics.LagMetrics;
import io.earshot.detector.metrics.ProcessMetrics;
import io.earshot.producer.metrics.Health;
import io.earshot.producer.metrics.MetricsServer;
import io.earshot.producer.metrics.MetricsSettings;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** What a role tells of itself over HTTP, if the configuration wants it to. */
final class RoleMetrics implements AutoCloseable {
  private final CollectorRegistry registry = new CollectorRegistry();
  private final ProcessMetrics process;
  private MetricsServer server;
  private LagWatch lag;
  private String where = "";

  private RoleMetrics(String role) {
    process = new ProcessMetrics(registry, role, Earshot.version());
  }

  /**
   * Starts to tell.
   *
   * @param role as the command is called
   * @throws UserException if it cannot listen where the user wants it to
   */
  static RoleMetrics start(Config config, String role, Health health) throws UserException {
    RoleMetrics metrics = new RoleMetrics(role);
    if (config.metrics().enabled()) {
      metrics.listen(config.metrics(), health);
    }
    return metrics;
  }

  private void listen(MetricsConfig config, Health health) throws UserException {
    MetricsSettings settings = config.settings();
    int last = settings.port() + settings.tries() - 1;
    try {
      server = MetricsServer.start(settings, registry, health);
      boolean moved = server.port() != settings.port();
      where =
          "Metrics at %s/metrics%s"
              .formatted(server.address(), moved ? "; port " + settings.port() + " is taken" : "");
    } catch (IOException e) {
      String reason = Failure.oneLine(e);
      if (settings.port() == last || !reason.contains("in use")) {
        throw UserException.failed(
            "metrics.port %d on %s: %s; name another one, or set metrics.enabled to false"
                .formatted(settings.port(), settings.listen(), reason),
            e);
      }
      where =
          "No metrics: ports %d to %d on %s are taken"
              .formatted(settings.port(), last, settings.listen());
    }
  }

  /** Says where they are. */
  void announce(PrintWriter err) {
    if (!where.isEmpty()) {
      err.println(where);
    }
  }

  /** What is told; nobody reads it if nothing is. */
  CollectorRegistry registry() {
    return registry;
  }

  /** Whether somebody can read what is counted. */
  boolean areTold() {
    return server != null;
  }

  ProcessMetrics process() {
    return process;
  }

  /** Tells whether Kafka answers, too. */
  void watchKafka(KafkaWatch watch) {
    process.kafka(watch::answers);
  }

  /** Tells how far these groups are behind, too, if anybody can read it. */
  void watchLag(Map<String, Object> kafka, List<LagWatch.Group> groups) {
    if (areTold()) {
      lag = LagWatch.start(kafka, groups, new LagMetrics(registry));
    }
  }

  @Override
  public void close() {
    if (lag != null) {
      lag.close();
    }
    if (server != null) {
      server.close();
    }
  }
}
