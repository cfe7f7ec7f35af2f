package io.earshot.detector.app;

import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.stream.Pace;
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
  @Mixin private FormatOption format;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "The microphone, by name or number of --list-devices; else the first.")
  private String device;

  @Option(names = "--list-devices", description = "Prints the microphones of this machine.")
  private boolean listDevices;

  @Override
  public Integer call() throws Exception {
    if (listDevices) {
      return Microphones.list(spec.commandLine().getErr());
    }
    Config config = detection.config();
    ModelPackage model = ModelOptions.model(config);
    Recording recording = Microphones.recording(device, null);
    spec.commandLine().getErr().println("Listening to " + recording.name() + "; Ctrl-C ends.");
    Complaints complaints = new Complaints(spec.commandLine().getErr());
    new Session(config, model, List.of(recording), Pace.FAST)
        .run(
            PipelineMetrics.NONE,
            complaints,
            feeder -> new StreamPrinter(System.out, format.value));
    return complaints.status();
  }
}
