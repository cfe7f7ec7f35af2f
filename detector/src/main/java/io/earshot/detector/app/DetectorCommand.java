package io.earshot.detector.app;

import io.earshot.detector.alert.Alerts;
import io.earshot.detector.alert.SubscriptionSettings;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.pack.ModelPackage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code earshot detector}: the detector's stages against a Kafka that runs elsewhere. */
@Command(
    name = "detector",
    mixinStandardHelpOptions = true,
    description = "Turns earshot.frames into earshot.events, and those into alerts, until Ctrl-C.")
final class DetectorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DetectionOptions detection;
  @Mixin private KafkaOptions kafkaOptions;

  @Option(names = "--no-web", description = "Without the web server.")
  private boolean noWeb;

  @Override
  public Integer call() throws Exception {
    Config config = detection.config(noWeb ? Map.of("web.enabled", "false") : Map.of());
    ModelPackage model = ModelOptions.model(config);
    List<SubscriptionSettings> subscriptions =
        AlertSubscriptions.all(config.alerts(), System.getenv());
    Map<String, Object> kafka = kafkaOptions.connect(config);
    try (Interrupt interrupt = Interrupt.open();
        KafkaWatch watch = new KafkaWatch(kafka, spec.commandLine().getErr());
        Alerts alerts =
            new Alerts(subscriptions, kafka, AlertsCommand.proxies(), PipelineMetrics.NONE);
        Web web = Web.start(config, kafka);
        Detector detector = Detector.start(config, model, kafka, PipelineMetrics.NONE)) {
      spec.commandLine()
          .getErr()
          .println(
              "Detecting with %s on Kafka at %s; Ctrl-C ends."
                  .formatted(model.name(), kafka.get("bootstrap.servers")));
      alerts.start();
      if (web != null) {
        spec.commandLine().getErr().println("Events at " + web.address() + "/api/events/ID");
      }
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
}
