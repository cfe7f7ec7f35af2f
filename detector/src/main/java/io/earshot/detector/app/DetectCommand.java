package io.earshot.detector.app;

import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.app.Pace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
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

  @Option(
      names = "--format",
      defaultValue = "text",
      paramLabel = "text|jsonl|tsv",
      description = "How events are printed; text by default.")
  private EventFormat format;

  @Option(
      names = "--pace",
      defaultValue = "fast",
      paramLabel = "fast|realtime",
      description = "As fast as the machine allows (the default), or like a live stream.")
  private Pace pace;

  private final AtomicBoolean failed = new AtomicBoolean();

  @Override
  public Integer call() throws Exception {
    Config config = detection.config();
    ModelPackage model = DetectionOptions.model(config);
    List<Recording> recordings = inputs.open(this::complain);
    try (Progress progress = new Progress(config.segments().hop())) {
      Feeder.Listener listener =
          new Feeder.Listener() {
            @Override
            public void fed(long samples) {
              progress.fed(samples);
            }

            @Override
            public void failed(Recording recording, String problem) {
              complain(problem);
            }
          };
      new Session(config, model, recordings, pace)
          .run(progress, listener, feeder -> printer(recordings, feeder));
    }
    return failed.get() ? UserException.FAILED : 0;
  }

  private EventSink printer(List<Recording> recordings, Feeder feeder) {
    Map<String, String> names =
        recordings.stream().collect(Collectors.toMap(Recording::stream, Recording::name));
    return new FilePrinter(
        System.out,
        format,
        recordings.stream().map(Recording::stream).toList(),
        stream ->
            new EventText.Origin(names.get(stream), feeder.start(stream), recordings.size() > 1));
  }

  private void complain(String problem) {
    failed.set(true);
    spec.commandLine().getErr().println("earshot: " + problem);
  }
}
