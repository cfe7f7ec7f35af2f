package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.synth.Scene;
import io.earshot.producer.app.Pace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code earshot demo}: a scene whose truth is known, through the real pipeline. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Plays a made scene into the pipeline and shows what was heard beside the truth.")
final class DemoCommand implements Callable<Integer> {
  private static final String STREAM = "demo";

  @Spec private CommandSpec spec;
  @Mixin private DetectionOptions detection;

  @Option(names = "--fast", description = "As fast as the machine allows, not in real time.")
  private boolean fast;

  @Option(
      names = "--wav",
      paramLabel = "FILE",
      description = "Also writes the scene to a WAV file, to listen to or to detect in.")
  private Path wav;

  @Override
  public Integer call() throws Exception {
    Config config = detection.config();
    ModelPackage model = ModelOptions.model(config);
    Scene scene = DemoScene.scene();
    float[] samples = scene.render();
    if (wav != null) {
      SceneWav.write(samples, wav);
    }
    announce(scene, model);
    List<DemoTable.Heard> heard = new ArrayList<>();
    if (play(config, model, samples, heard)) {
      return Interrupt.STATUS;
    }
    System.out.println();
    new DemoTable(scene.truth(), heard).lines().forEach(System.out::println);
    suggest(model);
    return 0;
  }

  private void announce(Scene scene, ModelPackage model) {
    spec.commandLine()
        .getErr()
        .printf(
            "Playing a made scene of %.0f s to %s, %s.%n",
            scene.seconds(),
            model.name(),
            fast ? "as fast as it goes" : "in real time (--fast does not wait; Ctrl-C ends)");
  }

  /** Whether Ctrl-C has ended it. */
  private boolean play(
      Config config, ModelPackage model, float[] samples, List<DemoTable.Heard> heard)
      throws Exception {
    Recording recording =
        new Recording("demo scene", STREAM, start -> new SceneSource("demo scene", samples, start));
    try (Progress progress = new Progress(config.segments().hop())) {
      progress.fed(samples.length);
      return new Session(config, model, List.of(recording), fast ? Pace.FAST : Pace.REALTIME)
          .run(progress, new Feeder.Listener() {}, feeder -> new Collector(feeder, !fast, heard));
    }
  }

  private static void suggest(ModelPackage model) {
    System.out.println();
    System.out.println("Next:");
    System.out.println("  ./earshot detect FILE              your own sound files");
    System.out.println("  ./earshot listen                   your microphone");
    if (!model.name().equals("yamnet")) {
      System.out.println("  ./earshot models install yamnet    521 kinds of sound: --model yamnet");
    }
  }

  /**
   * Prints each event as it comes and keeps it.
   *
   * @param live whether to print what has begun, too
   */
  private record Collector(Feeder feeder, boolean live, List<DemoTable.Heard> heard)
      implements EventSink {
    @Override
    public void event(Event event) {
      EventText.Origin origin = new EventText.Origin(STREAM, feeder.start(STREAM), false);
      if (event.state() == Event.State.CLOSED) {
        heard.add(
            new DemoTable.Heard(
                event.label(),
                origin.seconds(event.onset()),
                origin.seconds(event.offset()),
                event.confidence()));
        print(EventText.ofFile(event, EventFormat.TEXT, origin));
      } else if (live && event.state() == Event.State.OPEN) {
        print(EventText.begun(event, origin));
      }
    }

    private static void print(String line) {
      Terminal.clearLine();
      System.out.println(line);
    }

    @Override
    public boolean isClosed() {
      return System.out.checkError();
    }
  }
}
