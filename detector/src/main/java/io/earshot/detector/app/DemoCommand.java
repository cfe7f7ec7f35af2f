package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.app.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code earshot demo}: a scene whose truth is known, through the real pipeline. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Plays a made scene into the pipeline and shows what was heard beside the truth.")
final class DemoCommand implements Callable<Integer> {
  private static final String STREAM = "demo";

  @Mixin private DetectionOptions detection;

  @Option(names = "--fast", description = "As fast as the machine allows, not in real time.")
  private boolean fast;

  @Override
  public Integer call() throws Exception {
    Config config = detection.config();
    ModelPackage model = DetectionOptions.model(config);
    float[] scene = DemoScene.render();
    Recording recording =
        new Recording("demo scene", STREAM, start -> new SceneSource(scene, start));
    List<Heard> heard = new ArrayList<>();
    Pace pace = fast ? Pace.FAST : Pace.REALTIME;
    boolean interrupted =
        new Session(config, model, List.of(recording), pace)
            .run(
                PipelineMetrics.NONE,
                new Feeder.Listener() {},
                feeder -> new Collector(feeder, heard));
    if (interrupted) {
      return Interrupt.STATUS;
    }
    printTruth(heard);
    System.out.println();
    System.out.println("Next: ./earshot detect FILE, ./earshot listen, ./earshot --help");
    return 0;
  }

  private static void printTruth(List<Heard> heard) {
    System.out.println();
    System.out.printf("%-24s  %s%n", "what was played", "heard meanwhile");
    for (DemoScene.Part part : DemoScene.parts()) {
      String labels =
          heard.stream()
              .filter(h -> h.onset < part.offsetSeconds() && h.offset > part.onsetSeconds())
              .map(h -> h.label)
              .distinct()
              .collect(Collectors.joining(", "));
      System.out.printf(
          "%4.0f-%2.0f s  %-14s  %s%n",
          part.onsetSeconds(), part.offsetSeconds(), part.name(), labels.isEmpty() ? "-" : labels);
    }
  }

  /** A closed event, in seconds of the scene. */
  private record Heard(String label, double onset, double offset) {}

  /** Prints each event as it comes and keeps it. */
  private record Collector(Feeder feeder, List<Heard> heard) implements EventSink {
    @Override
    public void event(Event event) {
      if (event.state() == Event.State.CLOSED) {
        EventText.Origin origin = new EventText.Origin("demo", feeder.start(STREAM), false);
        System.out.println(EventText.ofFile(event, EventFormat.TEXT, origin));
        heard.add(
            new Heard(
                event.label(), origin.seconds(event.onset()), origin.seconds(event.offset())));
      }
    }

    @Override
    public boolean isClosed() {
      return System.out.checkError();
    }
  }
}
