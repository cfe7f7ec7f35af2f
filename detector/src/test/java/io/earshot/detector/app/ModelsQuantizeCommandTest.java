package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.models.pack.ModelPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code earshot models quantize}: what it writes, and what it says when it cannot. */
class ModelsQuantizeCommandTest {
  @TempDir Path folder;

  private Path packages;
  private Path clips;

  @BeforeEach
  void prepare() throws Exception {
    packages = folder.resolve("packages");
    clips = folder.resolve("clips");
    SmallModel.classifier(packages);
    Files.writeString(folder.resolve("earshot.yaml"), "model: {directory: '" + packages + "'}\n");
  }

  private CommandRun run(String... arguments) {
    String[] named = {"--config", folder.resolve("earshot.yaml").toString()};
    return CommandRun.of(
        Stream.concat(Stream.concat(Stream.of("models"), Stream.of(arguments)), Stream.of(named))
            .toArray(String[]::new));
  }

  private List<String> installed() throws Exception {
    try (Stream<Path> entries = Files.list(packages)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  /** Three classes, a clip of each in each of four folds: fold 1 is held out. */
  @Test
  void theQuantisedPackageIsSoundAndTellsWhatWasCompared() throws Exception {
    EscClips.copy(clips, 1, "rooster", "clock_tick", "person_sneeze");
    Path written = packages.resolve("small-base");
    CommandRun run =
        run(
            "quantize",
            Shared.base().toString(),
            "--calibrate",
            clips.toString(),
            "--model-out",
            written.toString());
    assertThat(run.status()).as(run.err().toString()).isZero();
    assertThat(run.err()).containsExactly("Wrote " + written);
    assertThat(run.out().get(0)).startsWith("embedding: cosine 0.99").endsWith("3 clips held out");
    assertThat(run.out().get(1)).startsWith("scores: top label the same in ");
    assertThat(run.out().get(2)).endsWith(", of 12 clips of 3 labels");
    assertThat(run.out().get(3)).startsWith("speed: ");
    assertThat(run("verify", "small-base").out()).containsExactly("small-base  ok");
    ModelPackage base = ModelPackage.load(Shared.base());
    assertThat(run("info", "small-base").out())
        .anyMatch(line -> line.startsWith("  quantised   from base 1, sha256 "))
        .contains("  threshold   0.5");
    assertThat(Files.size(written.resolve("network.onnx")) * 3)
        .isLessThan(Files.size(base.network()));
  }

  @Test
  void aPackageWhoseComparisonFailsIsRefused() throws Exception {
    EscClips.copy(clips, 1, "rooster", "clock_tick", "person_sneeze");
    run(
        "quantize",
        Shared.base().toString(),
        "--calibrate",
        clips.toString(),
        "--model-out",
        packages.resolve("edited").toString());
    Path manifest = packages.resolve("edited/model.yaml");
    Files.writeString(
        manifest, Files.readString(manifest).replaceAll("agreement: \\S+", "agreement: 0.5"));
    CommandRun verify = run("verify", "edited");
    assertThat(verify.status()).isEqualTo(1);
    assertThat(verify.out())
        .containsExactly(
            "edited  model.yaml: quantised.comparison.scores.agreement: 0.500 is below 0.9");
  }

  /** Half of the values are cut off at the range's end. */
  @Test
  void nothingIsWrittenIfTheComparisonFails() throws Exception {
    EscClips.copy(clips, 1, "rooster", "clock_tick", "person_sneeze");
    CommandRun run =
        run(
            "quantize",
            Shared.base().toString(),
            "--calibrate",
            clips.toString(),
            "--percentile",
            "51",
            "--model-out",
            packages.resolve("cut").toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).hasSize(1);
    assertThat(run.err().get(0)).contains("cut is not written: cosine: 0.");
    assertThat(installed()).containsExactly("dogs");
  }

  /** A class without clips is no data set to judge by, but its sound is as good as any. */
  @Test
  void whyLabelsAreNotUsedIsSaid() throws Exception {
    EscClips.copy(clips, 1, "rooster", "clock_tick", "person_sneeze");
    Files.createDirectories(clips.resolve("helicopter"));
    CommandRun run =
        run(
            "quantize",
            Shared.base().toString(),
            "--calibrate",
            clips.toString(),
            "--model-out",
            packages.resolve("unlabelled").toString());
    assertThat(run.status()).as(run.err().toString()).isZero();
    assertThat(run.err().get(0)).startsWith("Labels are not used: " + clips).contains("helicopter");
    assertThat(run.out()).noneMatch(line -> line.startsWith("accuracy"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nobody --calibrate CLIPS | No model package \"nobody\" in ",
        "dogs --calibrate CLIPS/none | CLIPS/none: no such folder",
        "dogs --calibrate EMPTY | EMPTY: 0 sound files, at least 10 are needed",
        "dogs --calibrate CLIPS --percentile 40 | --percentile: 40.0 is not above 50 and up to 100",
        "dogs --calibrate CLIPS --ranges entropy --percentile 99 | --percentile: has no effect without",
        "dogs --calibrate CLIPS --ranges widest | Invalid value for option '--ranges'",
        "dogs --calibrate CLIPS --map cow=Dog | --map cow=Dog: the clips have no label cow",
        "dogs --calibrate CLIPS --map rooster=Cow | --map rooster=Cow: model package dogs raises no events of that",
        "dogs --calibrate CLIPS --model-out PACKAGES/Dogs | --model-out: the folder's name \"Dogs\" is not a package name",
        "dogs --calibrate CLIPS --model-out PACKAGES/dogs | --model-out: PACKAGES/dogs is the package itself",
        "dogs | Missing required option: '--calibrate=DIR'"
      })
  void wrongUseIsSaidBeforeAnyWork(String arguments, String said) throws Exception {
    EscClips.copy(clips, 2, "rooster", "clock_tick");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    String[] words =
        ("quantize " + arguments)
            .replace("CLIPS", clips.toString())
            .replace("PACKAGES", packages.toString())
            .replace("EMPTY", empty.toString())
            .split(" ");
    CommandRun run = run(words);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().get(0))
        .contains(
            said.replace("CLIPS", clips.toString())
                .replace("PACKAGES", packages.toString())
                .replace("EMPTY", empty.toString()));
    assertThat(installed()).containsExactly("dogs");
  }
}
