package io.earshot.detector.app;

import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.app.Pace;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code earshot listen}: a microphone through the real pipeline, its events printed. */
@Command(
    name = "listen",
    mixinStandardHelpOptions = true,
    description = "Listens to a microphone and prints what it hears, until Ctrl-C.")
final class ListenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DetectionOptions detection;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "The microphone, by name or number of --list-devices; else the first.")
  private String device;

  @Option(names = "--list-devices", description = "Prints the microphones of this machine.")
  private boolean listDevices;

  @Option(
      names = "--format",
      defaultValue = "text",
      paramLabel = "text|jsonl|tsv",
      description = "How events are printed; text by default.")
  private EventFormat format;

  @Override
  public Integer call() throws Exception {
    if (listDevices) {
      return Microphones.list(spec.commandLine().getErr());
    }
    Config config = detection.config();
    ModelPackage model = DetectionOptions.model(config);
    Recording recording = Microphones.recording(device, null);
    spec.commandLine().getErr().println("Listening to " + recording.name() + "; Ctrl-C ends.");
    Feeder.Listener listener =
        new Feeder.Listener() {
          @Override
          public void failed(Recording failed, String problem) {
            spec.commandLine().getErr().println("earshot: " + problem);
          }
        };
    new Session(config, model, List.of(recording), Pace.FAST)
        .run(PipelineMetrics.NONE, listener, feeder -> new StreamPrinter(System.out, format));
    return 0;
  }
}
