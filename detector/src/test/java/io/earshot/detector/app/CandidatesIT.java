package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.detector.broker.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code earshot events --candidates} beside a detector with rules, as its users run it. */
class CandidatesIT {
  private static final String DOG = Shared.path("golden/dog.wav").toString();

  @TempDir Path folder;

  @Test
  void whatBecameNoEventIsPrintedWithTheReason() throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("my.yaml"),
            """
            model: {name: %s}
            events:
              deny: [Domestic animals and pets]
              groups: {Domestic animals and pets: ["Domestic animals, pets"]}
              labels:
                Dog: {n_of_m: 2 of 3, merge_gap: 2s}
                Bark: {min_duration: 1m}
            """
                .formatted(Shared.yamnet()));
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
      String kafka = broker.bootstrapServers();
      try (EarshotProcess detector =
          EarshotProcess.start(
              "detector", "--no-web", "--config", rules.toString(), "--bootstrap-servers", kafka)) {
        detector.awaitErr(line -> line.startsWith("Detecting"), 60);
        List<String> lines = hear(kafka);
        Set<String> seen = new TreeSet<>();
        for (String line : lines) {
          JsonNode json = new ObjectMapper().readTree(line);
          String what = json.has("reason") ? json.get("reason").asText() : "event";
          seen.add(json.get("label").asText() + " " + what);
        }
        assertThat(seen)
            .contains("Dog event", "Bark too_short", "Domestic animals, pets denied")
            .doesNotContain("Bark event", "Domestic animals, pets event");
      }
    }
  }

  private static List<String> hear(String kafka) throws Exception {
    List<String> print =
        List.of(
            "events",
            "--candidates",
            "--from-beginning",
            "--format",
            "jsonl",
            "--bootstrap-servers",
            kafka);
    try (EarshotProcess events = EarshotProcess.start(print.toArray(String[]::new));
        EarshotProcess producer =
            EarshotProcess.start("producer", "--bootstrap-servers", kafka, "--pace", "fast", DOG)) {
      assertThat(producer.waitFor(60)).as("%s", producer).isZero();
      // The end of the stream ends all, and events are printed before candidates.
      events.awaitOut(line -> line.contains("\"label\":\"Dog\"") && line.contains("closed"), 60);
      events.awaitOut(line -> line.contains("\"label\":\"Bark\"") && line.contains("reason"), 60);
      events.awaitOut(line -> line.contains("\"reason\":\"denied\""), 60);
      return new ArrayList<>(events.out());
    }
  }

  @Test
  void aRuleForALabelThatThereIsNotStopsTheStart() throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("my.yaml"),
            "model: {name: %s}\nevents: {labels: {dog_brk: {onset: 0.4}}}"
                .formatted(Shared.base()));
    try (EarshotProcess detect =
        EarshotProcess.start("detect", "--config", rules.toString(), DOG)) {
      assertThat(detect.waitFor(60)).as("%s", detect).isEqualTo(2);
      assertThat(detect.err())
          .singleElement()
          .asString()
          .startsWith(
              "earshot: events.labels.dog_brk: \"dog_brk\": model base has no label or group of that"
                  + " name; nearest: dog_bark; ");
    }
  }
}
