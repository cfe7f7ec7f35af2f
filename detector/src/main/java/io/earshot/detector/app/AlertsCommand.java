package io.earshot.detector.app;

import io.earshot.detector.alert.AlertTrial;
import io.earshot.detector.alert.Alerts;
import io.earshot.detector.alert.SubscriptionSettings;
import io.earshot.detector.metrics.AlertMetrics;
import io.earshot.models.importer.EnvironmentProxies;
import io.earshot.producer.metrics.Health;
import java.net.ProxySelector;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code earshot alerts}: the configured subscriptions, without a detector. */
@Command(
    name = "alerts",
    mixinStandardHelpOptions = true,
    description = "Delivers events to webhooks, MQTT brokers and commands, until Ctrl-C.")
final class AlertsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;
  @Mixin private KafkaOptions kafkaOptions;

  @Option(
      names = "--test",
      paramLabel = "NAME",
      description = "Delivers one made-up event to that subscription, says how it went, and ends.")
  private String test;

  @Override
  public Integer call() throws Exception {
    Config config = options.read(Map.of());
    if (config.alerts().subscriptions().isEmpty()) {
      throw UserException.wrongUse("alerts.subscriptions is empty: there is nobody to be told");
    }
    if (test != null) {
      return test(AlertSubscriptions.one(config.alerts(), test, System.getenv()));
    }
    List<SubscriptionSettings> subscriptions =
        AlertSubscriptions.all(config.alerts(), System.getenv());
    deliver(config, subscriptions, kafkaOptions.connect(config));
    return 0;
  }

  /** As downloads, alerts go by the proxies of the environment. */
  static ProxySelector proxies() {
    return new EnvironmentProxies(System.getenv(), ProxySelector.getDefault());
  }

  private void deliver(
      Config config, List<SubscriptionSettings> subscriptions, Map<String, Object> kafka)
      throws UserException, InterruptedException {
    List<String> all = subscriptions.stream().map(SubscriptionSettings::name).toList();
    AtomicReference<Alerts> delivering = new AtomicReference<>();
    try (Interrupt interrupt = Interrupt.open();
        KafkaWatch watch = new KafkaWatch(kafka, spec.commandLine().getErr());
        RoleMetrics metrics = RoleMetrics.start(config, "alerts", health(watch, delivering));
        Alerts alerts =
            new Alerts(
                subscriptions, kafka, proxies(), new AlertMetrics(metrics.registry(), all))) {
      spec.commandLine()
          .getErr()
          .println(
              "Alerts of Kafka at %s to %s; Ctrl-C ends."
                  .formatted(kafka.get("bootstrap.servers"), String.join(", ", all)));
      metrics.watchKafka(watch);
      alerts.start();
      delivering.set(alerts);
      metrics.announce(spec.commandLine().getErr());
      metrics.watchLag(kafka, DetectorMetrics.alertGroups(all, config.kafka().exactlyOnce()));
      watch.start();
      while (!interrupt.await(200)) {
        // The subscriptions have threads of their own.
      }
    }
  }

  private static Health health(KafkaWatch watch, AtomicReference<Alerts> delivering) {
    return new Health()
        .ready("kafka", watch::problem)
        .ready(
            "alerts",
            () -> delivering.get() == null ? "are yet to start" : delivering.get().problem());
  }

  private int test(SubscriptionSettings subscription) {
    long began = System.nanoTime();
    String problem = AlertTrial.run(subscription, proxies(), Instant.now());
    long millis = (System.nanoTime() - began) / 1_000_000;
    boolean delivered = problem.isEmpty();
    String how = delivered ? "delivered in " + millis + " ms" : "not delivered: " + problem;
    spec.commandLine().getOut().println(subscription.name() + ": " + how);
    return delivered ? 0 : UserException.FAILED;
  }
}
