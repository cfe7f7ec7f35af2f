package io.earshot.models.evaluate;

import static io.earshot.models.evaluate.Judged.clip;
import static io.earshot.models.evaluate.Judged.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipReportTest {
  @TempDir Path directory;

  /** One dog is right, one is taken for rain, the rain is right, the background raises a dog. */
  private final ClipEvaluation evaluation =
      new ClipEvaluation(
          List.of("dog", "rain", "bell", "background"),
          3,
          new float[] {0.5f, 0.25f, 0.5f, 1},
          List.of(
              clip("dog/a.wav", List.of("dog"), 1, scores(0.9, 0.1, 0, 0)),
              clip("dog/b.wav", List.of("dog"), 2, scores(0.2, 0.8, 0, 0)),
              clip("rain/c.wav", List.of("rain"), 2, scores(0.1, 0.7, 0, 0)),
              clip("street.wav", List.of("background"), 1, scores(0.6, 0.1, 0, 0.7))),
          0.96);

  private final ClipReport report =
      new ClipReport(
          "yard",
          evaluation,
          Map.of("backbone", "base 1"),
          List.of("Rain has one clip only."),
          Map.of("dog/z.wav", "too short: 0.1 s"));

  private static float[] silence(String name) {
    return new float[16_000];
  }

  private static final Pictures NONE = (evaluation, directory, sounds, notes) -> List.of();

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(directory.resolve("report.json").toFile());
  }

  @Test
  void theJsonHoldsWhatWasMeasured() throws IOException {
    report.write(directory, ClipReportTest::silence, NONE);
    JsonNode json = json();
    assertThat(json.get("accuracy").doubleValue()).isCloseTo(2 / 3.0, within(1e-9));
    // scipy.stats.binomtest(2, 3).proportion_ci(method='wilson')
    assertThat(json.get("accuracy_interval").get(0).doubleValue()).isCloseTo(0.2077, within(1e-4));
    assertThat(json.get("accuracy_interval").get(1).doubleValue()).isCloseTo(0.9385, within(1e-4));
    assertThat(json.get("clips").intValue()).isEqualTo(3);
    assertThat(json.get("folds"))
        .hasToString(
            "[{\"fold\":1,\"accuracy\":1.0,\"clips\":1},{\"fold\":2,\"accuracy\":0.5,\"clips\":2}]");
    assertThat(json.get("confusion").get("labels"))
        .hasToString("[\"dog\",\"rain\",\"bell\",\"(none)\"]");
    assertThat(json.get("confusion").get("matrix"))
        .hasToString("[[1,1,0,0],[0,1,0,0],[0,0,0,0],[1,0,0,0]]");
    assertThat(json.get("skipped"))
        .hasToString("[{\"clip\":\"dog/z.wav\",\"reason\":\"too short: 0.1 s\"}]");
    assertThat(json.get("settings")).hasToString("{\"backbone\":\"base 1\"}");
    assertThat(json.get("notes")).hasToString("[\"Rain has one clip only.\"]");
  }

  @Test
  void theJsonHoldsEachClass() throws IOException {
    report.write(directory, ClipReportTest::silence, NONE);
    JsonNode rain = json().get("classes").get("rain");
    // Raised: b and c; of the class: c. Ordered b, c: precision 1/2 at c.
    assertThat(rain.get("precision").doubleValue()).isEqualTo(0.5);
    assertThat(rain.get("recall").doubleValue()).isEqualTo(1);
    assertThat(rain.get("f1").doubleValue()).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(rain.get("average_precision").doubleValue()).isEqualTo(0.5);
    assertThat(rain.get("threshold").doubleValue()).isEqualTo(0.25);
    assertThat(rain.get("clips").intValue()).isEqualTo(1);
    // One in 15 s.
    assertThat(rain.get("false_alarms_per_hour").doubleValue()).isCloseTo(240, within(1e-9));
    assertThat(json().get("classes").get("bell").get("f1").isNull()).isTrue();
    assertThat(json().get("classes").has("background")).isFalse();
  }

  @Test
  void theTextNamesEveryClassAndEverySkippedClip() throws IOException {
    report.write(directory, ClipReportTest::silence, NONE);
    String text = Files.readString(directory.resolve("report.md"));
    assertThat(text)
        .contains("# yard", "66.7 % (2 of 3 clips; 95 % interval 20.8 % to 93.9 %)")
        .contains("| dog | 2 | 0.500 | 0.500 | 0.500 |")
        .contains("| bell | 0 | - | - | - | - | 0.500 | 0.0 |")
        .contains("`dog/b.wav`: dog, taken for rain", "`street.wav`: none of the classes")
        .contains("`dog/z.wav`: too short: 0.1 s", "backbone: `base 1`", "Rain has one clip only.")
        .doesNotContain("![");
  }

  @Test
  void picturesLieBesideTheTextThatShowsThem() throws IOException {
    List<Path> written = report.write(directory, ClipReportTest::silence);
    assertThat(written)
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "report.md",
            "report.json",
            "confusion.png",
            "precision-recall.png",
            "scores.png",
            "mistake-1.png",
            "mistake-2.png");
    assertThat(written).allSatisfy(file -> assertThat(file).isNotEmptyFile());
    String text = Files.readString(written.get(0));
    for (Path picture : written.subList(2, written.size())) {
      assertThat(text).contains("](" + picture.getFileName() + ")");
    }
  }

  @Test
  void aJavaThatCannotDrawLeavesANote() throws IOException {
    Files.createFile(directory.resolve("mistake-3.png"));
    Pictures noFonts =
        (clips, folder, sounds, notes) -> {
          Files.createFile(folder.resolve("confusion.png"));
          throw new InternalError("a call", new IllegalStateException("Fontconfig head is null"));
        };
    List<Path> written = report.write(directory, ClipReportTest::silence, noFonts);
    assertThat(written).hasSize(2);
    assertThat(directory.resolve("confusion.png")).doesNotExist();
    assertThat(directory.resolve("mistake-3.png")).as("of an earlier report").doesNotExist();
    assertThat(Files.readString(written.get(0))).doesNotContain("![");
    assertThat(json().get("notes").get(1).textValue())
        .contains("Fontconfig head is null", "apt-get install fontconfig fonts-dejavu-core");
  }

  @Test
  void aClipThatIsGoneLeavesANote() throws IOException {
    List<Path> written =
        report.write(
            directory,
            name -> {
              if (name.equals("dog/b.wav")) {
                throw new NoSuchFileException("dog/b.wav");
              }
              return silence(name);
            });
    assertThat(written).contains(directory.resolve("mistake-2.png"));
    assertThat(directory.resolve("mistake-1.png")).doesNotExist();
    assertThat(json().get("notes").get(1).textValue()).contains("no picture of dog/b.wav");
  }

  @Test
  void anEvaluationWithoutClipsIsStillWritten() throws IOException {
    ClipEvaluation none =
        new ClipEvaluation(List.of("dog"), -1, new float[] {0.5f}, List.of(), 0.96);
    ClipReport empty = new ClipReport("none", none, Map.of(), List.of(), Map.of());
    empty.write(directory, ClipReportTest::silence);
    assertThat(json().get("accuracy").isNull()).isTrue();
    assertThat(json().get("notes")).isEmpty();
    assertThat(empty.summary()).contains("accuracy no clip with a class label");
  }

  @Test
  void clipsOfNothingAloneAreDrawnWithoutCurves() throws IOException {
    JudgedClip street = clip("street.wav", List.of(), 0, scores(0.9));
    ClipEvaluation alone =
        new ClipEvaluation(List.of("dog"), -1, new float[] {0.5f}, List.of(street), 0.96);
    ClipReport quiet = new ClipReport("none", alone, Map.of(), List.of(), Map.of());
    assertThat(quiet.write(directory, ClipReportTest::silence))
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "report.md", "report.json", "confusion.png", "scores.png", "mistake-1.png");
    assertThat(json().get("notes")).isEmpty();
  }

  @Test
  void theSummaryAlignsItsColumns() {
    List<String> lines = report.summary();
    assertThat(lines)
        .contains(
            "accuracy 66.7 % (2 of 3 clips; 95 % interval 20.8 % to 93.9 %)",
            "fold 2: 50.0 % of 2 clips",
            "  1 x dog taken for rain",
            "  1 x dog raised by a clip of none of the classes");
    int header = lines.indexOf(lines.stream().filter(l -> l.startsWith("class")).findFirst().get());
    assertThat(lines.subList(header, header + 4))
        .extracting(String::length)
        .containsOnly(lines.get(header).length());
  }
}
