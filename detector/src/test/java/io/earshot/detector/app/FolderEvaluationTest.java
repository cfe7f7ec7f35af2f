package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code earshot evaluate --data DIR}, with the model that comes along, on clips that it knows. */
class FolderEvaluationTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  private static Path data;
  private static List<String> damaged;

  @BeforeAll
  static void copy() throws Exception {
    data = EscClips.copy(folder.resolve("data"), 2, "dog_bark", "rooster");
    damaged = EscClips.addDamaged(data, "rooster");
  }

  @Test
  void knownClipsAreNamedRightAndUnreadableOnesSkipped() throws Exception {
    CommandRun run = evaluate("--data", data.toString(), "--format", "json");
    JsonNode report = json(run);
    assertThat(report.get("accuracy").asDouble()).isGreaterThan(0.9);
    assertThat(report.get("clips").asInt()).isEqualTo(16);
    assertThat(report.get("skipped").findValuesAsText("clip")).isEqualTo(damaged);
    assertThat(run.err())
        .hasSameSizeAs(damaged)
        .allMatch(line -> line.startsWith("earshot: skipped "));
    assertThat(report.at("/settings/data").asText()).isEqualTo(data.toString());
    assertThat(report.at("/settings/thresholds").asText()).isEqualTo("the model's");
  }

  @Test
  void mapSaysWhatTheModelCallsALabel() throws Exception {
    Path renamed = EscClips.copy(folder.resolve("renamed"), 2, "dog_bark", "rooster");
    Files.move(renamed.resolve("dog_bark"), renamed.resolve("hund"));
    String where = renamed.toString();
    JsonNode right = json(evaluate("--data", where, "--map", "hund=dog_bark", "--format", "json"));
    assertThat(right.get("accuracy").asDouble()).isGreaterThan(0.9);
    assertThat(right.at("/classes/dog_bark/clips").asInt()).isEqualTo(8);
    JsonNode swapped =
        json(
            evaluate(
                "--data",
                where,
                "--map",
                "hund=rooster",
                "--map",
                "rooster=dog_bark",
                "--format",
                "json"));
    assertThat(swapped.get("accuracy").asDouble()).isLessThan(0.1);
    assertRefused("earshot: model package base raises no events of hund; ", "--data", where);
    assertRefused(
        "earshot: model package base raises no events of hund=moo; ",
        "--data",
        where,
        "--map",
        "hund=moo");
  }

  @Test
  void theThresholdOfTheCommandLineIsTheOneThatIsJudged() throws Exception {
    JsonNode report =
        json(evaluate("--data", data.toString(), "--threshold", "1", "--format", "json"));
    assertThat(report.at("/classes/rooster/threshold").asDouble()).isEqualTo(1);
    assertThat(report.at("/classes/rooster/recall").asDouble()).isZero();
  }

  @Test
  void theReportIsKeptWhereAsked() throws Exception {
    Path out = folder.resolve("new/report");
    CommandRun run =
        evaluate("--data", data.toString(), "--report-out", out.toString(), "--format", "json");
    assertThat(JSON.readTree(out.resolve("report.json").toFile()).get("accuracy"))
        .isEqualTo(json(run).get("accuracy"));
    assertThat(out.resolve("report.md")).content().startsWith("# base").contains(damaged.get(0));
    for (String picture : List.of("confusion.png", "precision-recall.png", "scores.png")) {
      assertThat(Files.readAllBytes(out.resolve(picture))).startsWith(0x89, 'P', 'N', 'G');
    }
    String file = Files.createFile(folder.resolve("file")).toString();
    assertRefused(
        "earshot: --report-out: " + file + ": the folder cannot be made",
        "--data",
        data.toString(),
        "--report-out",
        file);
  }

  @Test
  void textIsForPeople() {
    CommandRun run = evaluate("--data", data.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out().get(0)).startsWith("accuracy ").contains("of 16 clips");
    assertThat(run.out()).anyMatch(line -> line.startsWith("rooster "));
  }

  @Test
  void dataWithoutOneReadableClipIsRefused() throws Exception {
    Path silent = folder.resolve("silent");
    for (String label : List.of("dog_bark", "rooster")) {
      Path clips = Files.createDirectories(silent.resolve(label));
      for (int i = 1; i <= 5; i++) {
        Files.createFile(clips.resolve(i + "-" + label + ".wav"));
      }
    }
    CommandRun run = evaluate("--data", silent.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .hasSize(11)
        .contains("earshot: skipped dog_bark/1-dog_bark.wav: is empty")
        .last()
        .isEqualTo("earshot: --data: none of the clips can be read");
  }

  private static void assertRefused(String start, String... arguments) {
    CommandRun run = evaluate(arguments);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).singleElement().asString().startsWith(start);
    assertThat(run.out()).isEmpty();
  }

  private static JsonNode json(CommandRun run) throws Exception {
    // A clip that was skipped is work that was not done.
    assertThat(run.status()).as("%s", run).isEqualTo(run.err().isEmpty() ? 0 : 1);
    return JSON.readTree(String.join("\n", run.out()));
  }

  private static CommandRun evaluate(String... arguments) {
    List<String> all = new ArrayList<>(List.of("evaluate", "--model", Shared.base().toString()));
    all.addAll(List.of("--cache", folder.resolve("cache").toString()));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
