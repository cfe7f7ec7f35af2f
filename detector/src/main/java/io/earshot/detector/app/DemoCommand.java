package io.earshot.detector.app;

import io.earshot.models.pack.ModelPackage;
import io.earshot.models.synth.Scene;
import io.earshot.producer.stream.Pace;
import java.nio.file.Path;
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

  @Option(
      names = "--fast",
      description = "As fast as the machine allows, not in real time, and without the page.")
  private boolean fast;

  @Option(
      names = "--stay",
      description = "Plays the scene again and again, for the page, until Ctrl-C.")
  private boolean stay;

  @Option(names = "--no-web", description = "Without the page.")
  private boolean noWeb;

  @Option(
      names = "--wav",
      paramLabel = "FILE",
      description = "Also writes the scene to a WAV file, to listen to or to detect in.")
  private Path wav;

  private boolean played;

  @Override
  public Integer call() throws Exception {
    Config config = detection.config();
    ModelPackage model = ModelOptions.model(config);
    Session.Companion page = page(config, model);
    Scene scene = DemoScene.scene();
    float[] samples = scene.render();
    if (wav != null) {
      SceneWav.write(samples, wav);
    }
    announce(scene, model);
    Recording recording =
        new Recording("demo scene", STREAM, start -> new SceneSource("demo scene", samples, start));
    Session session =
        new Session(config, model, List.of(recording), fast ? Pace.FAST : Pace.REALTIME)
            .beside(page)
            .repeating(stay);
    try (Progress progress = new Progress(config.segments().hop())) {
      progress.fed(samples.length);
      boolean interrupted =
          session.run(
              progress, new Feeder.Listener() {}, feeder -> sink(feeder, scene, model, progress));
      return interrupted && !played ? Interrupt.STATUS : 0;
    }
  }

  /** There is none where the scene is over before anybody could look. */
  private Session.Companion page(Config config, ModelPackage model) throws UserException {
    if (!fast && !noWeb && config.web().enabled()) {
      return new DemoPage(config, model, spec.commandLine().getErr());
    }
    if (stay) {
      throw UserException.wrongUse(
          "--stay plays on for the page, which --fast, --no-web and web.enabled: false leave out");
    }
    return Session.Companion.NONE;
  }

  private EventSink sink(Feeder feeder, Scene scene, ModelPackage model, Progress progress) {
    return new DemoHeard(
        STREAM,
        () -> feeder.start(STREAM),
        !fast,
        heard -> {
          progress.close();
          if (!feeder.isStopped()) {
            conclude(scene, model, heard);
          }
        });
  }

  private void announce(Scene scene, ModelPackage model) {
    String pace =
        fast
            ? "as fast as it goes"
            : "in real time (%sCtrl-C ends)".formatted(stay ? "" : "--fast does not wait; ");
    spec.commandLine()
        .getErr()
        .printf("Playing a made scene of %.0f s to %s, %s.%n", scene.seconds(), model.name(), pace);
  }

  /** The scene has been played to its end. */
  private void conclude(Scene scene, ModelPackage model, List<DemoTable.Heard> heard) {
    played = true;
    System.out.println();
    new DemoTable(scene.truth(), heard).lines().forEach(System.out::println);
    suggest(model);
    if (stay) {
      spec.commandLine().getErr().println("The scene is played again and again; Ctrl-C ends.");
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
}
