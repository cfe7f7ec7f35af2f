package io.earshot.detector.app;

import io.earshot.detector.alert.Alerts;
import io.earshot.detector.alert.SubscriptionSettings;
import io.earshot.models.pack.ModelPackage;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code earshot detector}: the detector's roles against a Kafka that runs elsewhere. */
@Command(
    name = "detector",
    mixinStandardHelpOptions = true,
    description = "Turns earshot.frames into earshot.events, and those into alerts, until Ctrl-C.")
final class DetectorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DetectionOptions detection;
  @Mixin private DetectorRoles roleOptions;
  @Mixin private KafkaOptions kafkaOptions;

  @Override
  public Integer call() throws Exception {
    Config config = detection.config();
    Set<Role> roles = roleOptions.of(config);
    // Alerts are told as events come, whatever model has heard them.
    ModelPackage model = roles.equals(Set.of(Role.ALERT)) ? null : ModelOptions.model(config);
    List<SubscriptionSettings> subscriptions =
        roles.contains(Role.ALERT)
            ? AlertSubscriptions.all(config.alerts(), System.getenv())
            : List.of();
    Map<String, Object> kafka = kafkaOptions.connect(config);
    try (Interrupt interrupt = Interrupt.open();
        KafkaWatch watch = new KafkaWatch(kafka, spec.commandLine().getErr());
        DetectorMetrics metrics =
            DetectorMetrics.start(config, roles, model, subscriptions, watch);
        Alerts alerts =
            new Alerts(subscriptions, kafka, AlertsCommand.proxies(), metrics.alerts());
        Web web = roles.contains(Role.WEB) ? Web.start(config, model, kafka) : null;
        Detector detector = Detector.start(roles, config, model, kafka, metrics.stages())) {
      spec.commandLine().getErr().println(greeting(roles, model, kafka));
      alerts.start();
      metrics.watch(detector, alerts, kafka);
      if (web != null) {
        spec.commandLine().getErr().println("Watch at " + web.address());
      }
      metrics.announce(spec.commandLine().getErr());
      watch.start();
      while (!interrupt.await(200)) {
        if (detector.failed().isDone()) {
          Throwable reason = detector.failed().join();
          throw UserException.failed(Failure.oneLine(reason), reason);
        }
      }
    }
    return 0;
  }

  private static String greeting(Set<Role> roles, ModelPackage model, Map<String, Object> kafka) {
    boolean whole = roles.containsAll(EnumSet.complementOf(EnumSet.of(Role.WEB)));
    return "%s on Kafka at %s%s; Ctrl-C ends."
        .formatted(
            model == null ? "Alerts of events" : "Detecting with " + model.name(),
            kafka.get("bootstrap.servers"),
            whole ? "" : ", role " + Role.labels(roles));
  }
}
