package io.earshot.detector.alert;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import java.net.ProxySelector;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to subscribers, each on a thread of its own, until closed.
 *
 * <pre>{@code
 * try (Alerts alerts = new Alerts(subscriptions, kafka, proxies, metrics)) {
 *   alerts.start();
 *   waitForCtrlC();
 * }
 * }</pre>
 */
public final class Alerts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Alerts.class);
  private static final long CLOSE_MILLIS = 10_000;

  private final List<SubscriptionWorker> workers;

  /**
   * Alerts that have yet to start.
   *
   * @param kafka settings of every client
   */
  public Alerts(
      List<SubscriptionSettings> subscriptions,
      Map<String, Object> kafka,
      ProxySelector proxies,
      PipelineMetrics metrics) {
    workers =
        subscriptions.stream()
            .map(
                settings ->
                    new SubscriptionWorker(
                        settings,
                        kafka,
                        Topics.EVENTS,
                        Targets.open(settings.target(), settings.name(), proxies),
                        metrics))
            .toList();
  }

  /** Delivers until closed. */
  public void start() {
    workers.forEach(SubscriptionWorker::start);
  }

  /** Which subscription does not read events, for now, and why; null if all do. */
  public String problem() {
    return workers.stream()
        .map(SubscriptionWorker::problem)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Ends within ten seconds; what is still owed is delivered after the next start. */
  @Override
  public void close() {
    workers.forEach(SubscriptionWorker::stop);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
    try {
      for (SubscriptionWorker worker : workers) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (!worker.join(left)) {
          log.warn("alerts did not end within {} ms", CLOSE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
