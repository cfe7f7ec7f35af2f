package io.earshot.detector.app;

import io.earshot.detector.alert.AlertTrial;
import io.earshot.detector.alert.Alerts;
import io.earshot.detector.alert.SubscriptionSettings;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.importer.EnvironmentProxies;
import java.net.ProxySelector;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
    deliver(subscriptions, kafkaOptions.connect(config));
    return 0;
  }

  /** As downloads, alerts go by the proxies of the environment. */
  static ProxySelector proxies() {
    return new EnvironmentProxies(System.getenv(), ProxySelector.getDefault());
  }

  private void deliver(List<SubscriptionSettings> subscriptions, Map<String, Object> kafka)
      throws InterruptedException {
    String names =
        subscriptions.stream().map(SubscriptionSettings::name).collect(Collectors.joining(", "));
    try (Interrupt interrupt = Interrupt.open();
        KafkaWatch watch = new KafkaWatch(kafka, spec.commandLine().getErr());
        Alerts alerts = new Alerts(subscriptions, kafka, proxies(), PipelineMetrics.NONE)) {
      spec.commandLine()
          .getErr()
          .println(
              "Alerts of Kafka at %s to %s; Ctrl-C ends."
                  .formatted(kafka.get("bootstrap.servers"), names));
      alerts.start();
      watch.start();
      while (!interrupt.await(200)) {
        // The subscriptions have threads of their own.
      }
    }
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
