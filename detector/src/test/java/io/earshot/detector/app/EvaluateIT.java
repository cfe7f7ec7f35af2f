package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.models.evaluate.sed.EventList;
import io.earshot.models.evaluate.sed.SoundEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code earshot evaluate --scenes} as its users run it, with the model that comes along. */
class EvaluateIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS = 30;

  @TempDir Path folder;

  @Test
  void whatIsReportedOfScenesFollowsFromTheListsThatAreKept() throws Exception {
    Path out = folder.resolve("out");
    JsonNode report = scenes(out, "--format", "json");
    for (String scene : List.of("scene-001.wav", "scene-002.wav")) {
      assertThat(out.resolve(scene)).hasSize(44 + 2 * SECONDS * 16_000);
    }
    for (JsonNode events : report.get("event_based")) {
      JsonNode again = lists(out, events.get("collar_seconds").asText());
      assertThat(events.get("event_onset_offset")).isEqualTo(again.get("event_onset_offset"));
      assertThat(events.get("event_onset_only")).isEqualTo(again.get("event_onset_only"));
      assertThat(report.get("segment")).isEqualTo(again.get("segment"));
    }
    assertThat(report.get("event_based")).hasSize(2);
    List<SoundEvent> truth = EventList.read(out.resolve("reference.txt")).events();
    List<SoundEvent> heard = EventList.read(out.resolve("estimated.txt")).events();
    assertThat(report.at("/events/reference").asInt()).isEqualTo(truth.size());
    long found = truth.stream().filter(it -> anyOf(it, heard)).count();
    assertThat(report.at("/found/found").asLong()).isEqualTo(found).isPositive();
    assertThat(report.at("/found/missed").asLong()).isEqualTo(truth.size() - found);
    long alarms = heard.stream().filter(it -> !anyOf(it, truth)).count();
    assertThat(report.at("/false_alarms/count").asLong()).isEqualTo(alarms);
    assertThat(report.at("/false_alarms/per_hour").asDouble()).isEqualTo(alarms * 60.0);
    // No event is told before its segment has ended, and no clip of these lasts longer than 5 s.
    assertThat(report.at("/delay/median_seconds").asDouble()).isBetween(0.0, 5.96);
    assertThat(report.at("/by_snr/0/snr_db").asDouble()).isEqualTo(20);
    assertThat(report.at("/by_snr/0/events").asInt()).isEqualTo(truth.size());
  }

  @Test
  void equalSeedsGiveTheSameReport() throws Exception {
    JsonNode first = scenes(folder.resolve("first"), "--format", "json");
    assertThat(scenes(folder.resolve("second"), "--format", "json")).isEqualTo(first);
  }

  private static boolean anyOf(SoundEvent event, List<SoundEvent> others) {
    return others.stream().anyMatch(it -> it.label().equals(event.label()) && it.overlaps(event));
  }

  private JsonNode scenes(Path out, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("evaluate", "--scenes", "2", "--scene-seconds", "" + SECONDS));
    arguments.addAll(List.of("--snr", "20", "--data", clips().toString()));
    arguments.addAll(List.of("--map", "dogs=dog_bark", "--scenes-out", out.toString()));
    arguments.addAll(List.of("--model", Shared.base().toString()));
    arguments.addAll(List.of(more));
    return run(arguments);
  }

  private static JsonNode lists(Path out, String collar) throws Exception {
    return run(
        List.of(
            "evaluate",
            "--reference",
            out.resolve("reference.txt").toString(),
            "--estimated",
            out.resolve("estimated.txt").toString(),
            "--collar",
            collar,
            "--format",
            "json"));
  }

  private static JsonNode run(List<String> arguments) throws Exception {
    try (EarshotProcess evaluate = EarshotProcess.start(Shared.home(), arguments)) {
      assertThat(evaluate.waitFor(120)).as("%s", evaluate).isZero();
      return JSON.readTree(String.join("\n", evaluate.out()));
    }
  }

  /** Sixteen clips of dogs and of roosters each. */
  private Path clips() throws Exception {
    Path data = folder.resolve("data");
    if (Files.notExists(data)) {
      copy("dog_bark", data.resolve("dogs"));
      copy("rooster", data.resolve("rooster"));
    }
    return data;
  }

  private static void copy(String label, Path into) throws Exception {
    Files.createDirectories(into);
    try (Stream<Path> files = Files.list(Shared.path("audio/esc10").resolve(label))) {
      for (Path file : files.sorted().filter(EvaluateIT::isOfTwoFolds).toList()) {
        Files.copy(file, into.resolve(file.getFileName()));
      }
    }
  }

  /** A data set has at least two. */
  private static boolean isOfTwoFolds(Path file) {
    return file.getFileName().toString().matches("[12]-.*");
  }
}
