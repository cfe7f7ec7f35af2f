package io.earshot.detector.app;

import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.stream.Pace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code earshot detect}: files through the real pipeline, their events printed. */
@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    description = "Streams sound files through the pipeline and prints the events in them.")
final class DetectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Inputs inputs;
  @Mixin private DetectionOptions detection;
  @Mixin private FormatOption format;

  @Option(
      names = "--pace",
      defaultValue = "fast",
      paramLabel = "fast|realtime",
      description = "As fast as the machine allows (the default), or like a live stream.")
  private Pace pace;

  @Override
  public Integer call() throws Exception {
    Config config = detection.config();
    ModelPackage model = ModelOptions.model(config);
    try (Progress progress = new Progress(config.segments().hop())) {
      Complaints complaints =
          new Complaints(spec.commandLine().getErr()) {
            @Override
            public void fed(long samples) {
              progress.fed(samples);
            }
          };
      List<Recording> recordings = inputs.open(complaints::add);
      boolean interrupted =
          new Session(config, model, recordings, pace)
              .run(progress, complaints, feeder -> printer(recordings, feeder));
      return interrupted ? Interrupt.STATUS : complaints.status();
    }
  }

  private EventSink printer(List<Recording> recordings, Feeder feeder) {
    Map<String, String> names =
        recordings.stream().collect(Collectors.toMap(Recording::stream, Recording::name));
    return new FilePrinter(
        System.out,
        format.value,
        recordings.stream().map(Recording::stream).toList(),
        stream ->
            new EventText.Origin(names.get(stream), feeder.start(stream), recordings.size() > 1));
  }
}
