package io.earshot.detector.app;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Says when Kafka has gone, for which the clients wait in silence, and when it is back. */
final class KafkaWatch implements AutoCloseable {
  private static final long PAUSE_MILLIS = 2_000;
  private static final int TIMEOUT_MILLIS = 5_000;

  private final Object servers;
  private final Admin admin;
  private final PrintWriter err;
  private volatile boolean answers = true;
  private final Thread thread = new Thread(this::run, "earshot-kafka-watch");

  /**
   * A watch that has yet to start.
   *
   * @param kafka settings of a Kafka that has answered
   */
  KafkaWatch(Map<String, Object> kafka, PrintWriter err) {
    servers = kafka.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    admin = Admin.create(settings);
    this.err = err;
  }

  /** Watches until closed. */
  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether Kafka answered when it was last asked. */
  boolean answers() {
    return answers;
  }

  /** What is wrong with Kafka; null if it answered when it was last asked. */
  String problem() {
    return answers ? null : "does not answer";
  }

  @Override
  public void close() {
    thread.interrupt();
    admin.close(Duration.ZERO);
  }

  private void run() {
    try {
      while (true) {
        boolean answered = answers;
        answers = asked();
        if (answers != answered) {
          String news = answers ? " answers again." : " is gone; waiting for it.";
          err.println("Kafka at " + servers + news);
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private boolean asked() throws InterruptedException {
    try {
      admin.describeCluster().nodes().get(2 * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
