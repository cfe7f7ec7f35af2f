package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code earshot train}: from a folder of clips to a package that detects. */
class TrainIT {
  private static final String[] LABELS = {"dog_bark", "person_sneeze", "rooster"};

  @TempDir static Path folder;

  private static Path data;
  private static Path head;
  private static List<String> damaged;
  private static CommandRun training;

  @BeforeAll
  static void train() throws Exception {
    data = EscClips.copy(folder.resolve("My animals & theirs"), 2, LABELS);
    damaged = EscClips.addDamaged(data, "dog_bark");
    head = folder.resolve("models/yard");
    training = train(Shared.base(), head);
  }

  private static CommandRun train(Path backbone, Path out) {
    CommandRun run =
        CommandRun.of(
            "train",
            "--data",
            data.toString(),
            "--model-out",
            out.toString(),
            "--backbone",
            backbone.toString(),
            "--cache",
            folder.resolve("cache").toString());
    assertThat(run.status()).as("%s", run).isZero();
    return run;
  }

  @Test
  void theReportHasNumbersAndPictures() throws Exception {
    JsonNode report = new ObjectMapper().readTree(head.resolve("report.json").toFile());
    assertThat(report.get("accuracy").asDouble()).isGreaterThan(0.9);
    assertThat(report.get("clips").asInt()).isEqualTo(24);
    assertThat(report.get("folds")).hasSize(4);
    assertThat(report.at("/classes/rooster/clips").asInt()).isEqualTo(8);
    assertThat(report.at("/settings/backbone").asText()).startsWith("base ");
    assertThat(head.resolve("report.md"))
        .content()
        .contains("My animals & theirs", "person\\_sneeze");
    assertThat(head.resolve("card.md")).content().contains("--data '" + data + "'");
    for (String picture : List.of("confusion.png", "precision-recall.png", "scores.png")) {
      assertThat(Files.readAllBytes(head.resolve(picture))).startsWith(0x89, 'P', 'N', 'G');
    }
  }

  @Test
  void clipsThatCannotBeLearntFromAreNamedAndCounted() throws Exception {
    JsonNode skipped =
        new ObjectMapper().readTree(head.resolve("report.json").toFile()).get("skipped");
    assertThat(skipped.findValuesAsText("clip")).containsExactlyElementsOf(damaged);
    assertThat(skipped.findValuesAsText("reason")).allMatch(reason -> !reason.isBlank());
    for (String name : damaged) {
      assertThat(training.err()).anyMatch(line -> line.startsWith("Skipped " + name + ": "));
    }
    assertThat(training.err()).hasSize(damaged.size() + 1);
  }

  @Test
  void thePackageIsSoundAndNamesItsBackbone() {
    CommandRun verify = CommandRun.of("models", "verify", head.toString());
    assertThat(verify.out()).containsExactly("yard  ok");
    CommandRun info = CommandRun.of("models", "info", head.toString());
    assertThat(info.out())
        .contains("yard 1", "  labels      4: dog_bark; person_sneeze; rooster; background")
        .anyMatch(line -> line.startsWith("  backbone    base "));
    assertThat(hidden(head.getParent())).isEmpty();
  }

  @Test
  void detectHearsTheClasses() throws Exception {
    assertHeard(head);
  }

  @Test
  void aHeadOnYamnetHearsThemToo() throws Exception {
    Path onYamnet = folder.resolve("on-yamnet");
    train(Shared.yamnet(), onYamnet);
    JsonNode report = new ObjectMapper().readTree(onYamnet.resolve("report.json").toFile());
    assertThat(report.get("accuracy").asDouble()).isGreaterThan(0.9);
    assertHeard(onYamnet);
  }

  private static void assertHeard(Path model) throws Exception {
    List<String> command = new ArrayList<>(List.of("detect", "--model", model.toString()));
    command.addAll(List.of("--format", "jsonl", clip("dog_bark"), clip("rooster")));
    try (EarshotProcess detect = EarshotProcess.start(Shared.home(), command)) {
      assertThat(detect.waitFor(90)).as("%s", detect).isZero();
      assertThat(detect.out())
          .anyMatch(line -> line.contains("dog_bark/") && line.contains("\"label\":\"dog_bark\""))
          .anyMatch(line -> line.contains("rooster/") && line.contains("\"label\":\"rooster\""));
    }
  }

  /** The first clip of fold 1. */
  private static String clip(String label) throws IOException {
    return EscClips.in(data.resolve(label)).get(0).toString();
  }

  @Test
  void aDetectorWhoseConfigurationNamesItHearsThem() throws Exception {
    Path config = Files.writeString(folder.resolve("yard.yaml"), "model: {name: '" + head + "'}\n");
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
      String kafka = broker.bootstrapServers();
      try (EarshotProcess detector =
              EarshotProcess.start(
                  "detector",
                  "--no-web",
                  "--config",
                  config.toString(),
                  "--bootstrap-servers",
                  kafka);
          EarshotProcess producer =
              EarshotProcess.start(
                  "producer", "--bootstrap-servers", kafka, "--pace", "fast", clip("rooster"))) {
        detector.awaitErr(line -> line.startsWith("Detecting"), 60);
        assertThat(producer.waitFor(60)).as("%s", producer).isZero();
        Event event = firstEvent(kafka);
        assertThat(event.label()).isEqualTo("rooster");
        assertThat(event.model().name()).isEqualTo("yard");
      }
    }
  }

  private static Event firstEvent(String kafka) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    try (JsonReader<Event> events =
        JsonReader.open(Map.of("bootstrap.servers", kafka), Topics.EVENTS, Event.class, true)) {
      while (System.nanoTime() < deadline) {
        List<Event> next = events.poll(Duration.ofMillis(100));
        if (!next.isEmpty()) {
          return next.get(0);
        }
      }
    }
    throw new AssertionError("no event");
  }

  @Test
  void ctrlCLeavesNothingBehind() throws Exception {
    Path many = EscClips.copy(folder.resolve("many"), 2, LABELS);
    byte[] pcm = new byte[2 * 16_000 * 1_200];
    new Random(1).nextBytes(pcm);
    // Twenty minutes: there is time to interrupt.
    Files.write(many.resolve("rooster/1-900005-A.wav"), TestWav.mono16k(pcm));
    Path cache = folder.resolve("cache-of-many");
    Path out = Files.createDirectories(folder.resolve("interrupted"));
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    List<String> command =
        List.of(
            "train",
            "--data",
            many.toString(),
            "--model-out",
            out.resolve("yard").toString(),
            "--backbone",
            "yamnet",
            "--cache",
            cache.toString());
    try (EarshotProcess train =
        EarshotProcess.start(Shared.home(), List.of("-Djava.io.tmpdir=" + temporary), command)) {
      awaitFile(cache, train);
      assertThat(names(temporary)).anyMatch(name -> name.startsWith("earshot-train"));
      train.terminate();
      assertThat(train.waitFor(40)).as("%s", train).isEqualTo(Interrupt.STATUS);
      assertThat(train.out()).isEmpty();
      assertThat(train.err()).isEmpty();
    }
    assertThat(names(out)).isEmpty();
    assertThat(names(temporary)).noneMatch(name -> name.startsWith("earshot"));
    try (Stream<Path> left = Files.walk(temporary)) {
      assertThat(left.filter(Files::isRegularFile))
          .noneMatch(file -> file.toString().endsWith(".so"));
    }
  }

  /** Waits for the first clip that was heard. */
  private static void awaitFile(Path cache, EarshotProcess train) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (Files.notExists(cache) || names(cache).isEmpty()) {
      assertThat(System.nanoTime()).as("%s", train).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private static List<String> hidden(Path directory) {
    return names(directory).stream().filter(name -> name.startsWith(".")).toList();
  }

  private static List<String> names(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
