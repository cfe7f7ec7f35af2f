package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A detector with a real model that is killed in the middle of real clips, and another that takes
 * over. {@link KillIT} kills more, and more often.
 */
class KilledDetectorIT {
  private static final List<String> CLIPS =
      List.of("dog.wav", "rain.wav", "torchvggish_test.wav", "chirp_clipped.wav");
  private static final int ROUNDS = 6;

  @TempDir Path folder;

  @Test
  void everyEventIsThereOnceAsIfNothingHadBeenKilled() throws Exception {
    TreeSet<String> truth = truth();
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      String kafka = broker.bootstrapServers();
      List<Event> closed = new ArrayList<>();
      List<String> produce =
          new ArrayList<>(List.of("producer", "--bootstrap-servers", kafka, "--pace", "fast"));
      for (int round = 0; round < ROUNDS; round++) {
        CLIPS.forEach(clip -> produce.add(Shared.path("golden/" + clip).toString()));
      }
      try (EarshotProcess producer = EarshotProcess.start(Shared.home(), produce)) {
        EarshotProcess victim = detector(kafka);
        Thread.sleep(2_500);
        victim.close();
        assertThat(producer.waitFor(60)).as("%s", producer).isZero();
      }
      EarshotProcess survivor = detector(kafka);
      try (survivor;
          JsonReader<Event> reader =
              JsonReader.open(
                  Map.of("bootstrap.servers", kafka), Topics.EVENTS, Event.class, true)) {
        assertThat(survivor.process().isAlive()).isTrue();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (closed.size() < ROUNDS * truth.size() && System.nanoTime() < deadline) {
          closed.addAll(closed(reader));
        }
        // Were there more than expected, they would come now.
        for (int i = 0; i < 20; i++) {
          closed.addAll(closed(reader));
        }
      }
      assertThat(closed).extracting(Event::id).doesNotHaveDuplicates();
      assertThat(closed).hasSize(ROUNDS * truth.size());
      assertThat(new TreeSet<>(closed.stream().map(KilledDetectorIT::essence).toList()))
          .isEqualTo(truth);
    }
  }

  private static EarshotProcess detector(String kafka) throws Exception {
    EarshotProcess detector = EarshotProcess.start("detector", "--bootstrap-servers", kafka);
    detector.awaitErr(line -> line.startsWith("Detecting"), 60);
    return detector;
  }

  private static List<Event> closed(JsonReader<Event> reader) {
    return reader.poll(Duration.ofMillis(100)).stream()
        .filter(event -> event.state() == Event.State.CLOSED)
        .toList();
  }

  /** The events of the same clips when nothing is killed. */
  private static TreeSet<String> truth() throws Exception {
    List<String> detect = new ArrayList<>(List.of("detect", "--format", "jsonl"));
    CLIPS.forEach(clip -> detect.add(Shared.path("golden/" + clip).toString()));
    TreeSet<String> truth = new TreeSet<>();
    try (EarshotProcess process = EarshotProcess.start(Shared.home(), detect)) {
      assertThat(process.waitFor(90)).as("%s", process).isZero();
      for (String line : process.out()) {
        JsonNode event = new ObjectMapper().readTree(line);
        truth.add(
            event.get("label").asText()
                + " "
                + event.get("confidence").asDouble()
                + " "
                + event.get("duration_ms").asLong());
      }
      assertThat(truth).hasSize(process.out().size());
    }
    return truth;
  }

  private static String essence(Event event) {
    return event.label() + " " + event.confidence() + " " + event.durationMs();
  }
}
