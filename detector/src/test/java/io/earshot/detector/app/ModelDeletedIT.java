package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model package that goes away under a detector that runs. */
class ModelDeletedIT {
  @TempDir Path folder;

  @Test
  void aLoadedModelGoesOnWithoutItsFilesAndTheNextStartSaysWhatIsMissing() throws Exception {
    Path model = copy(Shared.base(), folder.resolve("model"));
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
      String kafka = broker.bootstrapServers();
      try (EarshotProcess detector = detector(kafka, model)) {
        detector.awaitErr(line -> line.startsWith("Detecting"), 60);
        TemporaryFolder.delete(model);
        assertThat(model).doesNotExist();
        try (EarshotProcess producer =
            EarshotProcess.start(
                "producer",
                "--bootstrap-servers",
                kafka,
                "--pace",
                "fast",
                Shared.path("golden/dog.wav").toString())) {
          assertThat(producer.waitFor(90)).as("%s", producer).isZero();
        }
        assertThat(closed(kafka)).extracting(Event::label).contains("dog_bark");
        detector.terminate();
        assertThat(detector.waitFor(60)).as("%s", detector).isZero();
      }
      try (EarshotProcess again = detector(kafka, model)) {
        assertThat(again.waitFor(60)).as("%s", again).isEqualTo(2);
        assertThat(again.err())
            .singleElement()
            .asString()
            .startsWith("earshot: ")
            .contains(model.toString());
      }
    }
  }

  private static EarshotProcess detector(String kafka, Path model) {
    return EarshotProcess.start(
        "detector", "--bootstrap-servers", kafka, "--model", model.toString());
  }

  private static List<Event> closed(String kafka) throws Exception {
    List<Event> closed = new ArrayList<>();
    try (JsonReader<Event> reader =
        JsonReader.open(Map.of("bootstrap.servers", kafka), Topics.EVENTS, Event.class, true)) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (closed.isEmpty() && System.nanoTime() < deadline) {
        reader.poll(Duration.ofMillis(100)).stream()
            .filter(event -> event.state() == Event.State.CLOSED)
            .forEach(closed::add);
      }
    }
    return closed;
  }

  private static Path copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }
}
