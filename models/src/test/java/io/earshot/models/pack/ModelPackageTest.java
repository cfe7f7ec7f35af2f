package io.earshot.models.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelPackageTest {

  @TempDir Path packages;

  private Path directory;

  @BeforeEach
  void write() throws Exception {
    directory =
        PackageWriter.write(SmallPackage.around(new byte[] {1, 2, 3}), packages, staged -> {});
  }

  @Test
  void whatWasWrittenIsReadBack() throws Exception {
    ModelPackage model = ModelPackage.load(directory);
    assertThat(model.name()).isEqualTo("small");
    assertThat(model.version()).isEqualTo("1.0");
    assertThat(model.labels()).containsExactly("Speech", "Waves, surf", "Say \"ah\"");
    assertThat(model.thresholds()).containsExactly(0.5f, 0.25f, 0.5f);
    assertThat(model.threshold(1)).isEqualTo(0.25f);
    assertThat(model.hop()).isEqualTo(Duration.ofMillis(480));
    assertThat(model.frontEnd().logOffset()).isEqualTo(0.01);
    assertThat(model.inputName()).isEqualTo("patches");
    assertThat(model.embeddingSize()).hasValue(2);
    assertThat(model.network()).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(model.manifest().source().address()).isEqualTo("made in a test");
  }

  @Test
  void aBackboneHasNeitherScoresNorLabels() throws Exception {
    PackageContent content = SmallPackage.backbone(new byte[] {1});
    ModelPackage model = ModelPackage.load(PackageWriter.write(content, packages, staged -> {}));
    assertThat(model.hasScores()).isFalse();
    assertThat(model.classes()).isZero();
    assertThat(model.thresholds()).isEmpty();
    assertThat(model.embeddingSize()).hasValue(2);
    assertThat(model.background()).isEmpty();
    assertThat(model.accuracy()).isEmpty();
    assertThat(model.manifest().source().sha256()).isNull();
    assertThat(model.directory()).isDirectoryNotContaining("glob:**labels.csv");
  }

  @Test
  void backgroundAndAccuracyAreReadBack() throws Exception {
    PackageContent content =
        SmallPackage.around(new byte[] {1})
            .background("Waves, surf")
            .accuracy(new Manifest.Accuracy(0.9688, "top label of 320 clips"));
    ModelPackage model = ModelPackage.load(PackageWriter.write(content, packages, staged -> {}));
    assertThat(model.background()).hasValue(1);
    assertThat(model.accuracy()).hasValue(new Manifest.Accuracy(0.9688, "top label of 320 clips"));
  }

  @Test
  void theBackboneOfAHeadIsReadBack() throws Exception {
    ModelPackage backbone =
        ModelPackage.load(
            PackageWriter.write(SmallPackage.backbone(new byte[] {9}), packages, staged -> {}));
    PackageContent content = SmallPackage.around(new byte[] {1}).backbone(backbone);
    ModelPackage model = ModelPackage.load(PackageWriter.write(content, packages, staged -> {}));
    Manifest.Backbone read = model.manifest().backbone();
    assertThat(read.name()).isEqualTo("backbone");
    assertThat(read.version()).isEqualTo("1.0");
    assertThat(read.sha256()).isEqualTo(Sha256.of(backbone.network()));
    assertThat(backbone.manifest().backbone()).isNull();
  }

  @Test
  void theScoresOfKnownClipsAreReadBackAndAreOfTheModelsLabels() throws Exception {
    ScoreDistribution scores = new ScoreDistribution.Builder().add("Waves, surf", 0.25f).build();
    PackageContent content = SmallPackage.around(new byte[] {1}).distribution(scores);
    ModelPackage model = ModelPackage.load(PackageWriter.write(content, packages, staged -> {}));
    assertThat(model.distribution().orElseThrow().total("Waves, surf")).isEqualTo(1);
    assertThat(model.manifest().distribution()).isEqualTo("distribution.csv");
    ScoreDistribution others = new ScoreDistribution.Builder().add("Rain", 0.25f).build();
    assertThatThrownBy(
            () ->
                PackageWriter.write(
                    SmallPackage.around(new byte[] {1}).distribution(others),
                    packages,
                    staged -> {}))
        .isInstanceOf(PackageException.class)
        .hasMessageEndingWith("distribution.csv: no such label \"Rain\"");
  }

  @Test
  void aPackageThatIsWrittenAgainIsTheSame() throws Exception {
    ScoreDistribution scores = new ScoreDistribution.Builder().add("Speech", 0.25f).build();
    PackageContent content =
        SmallPackage.around(new byte[] {1})
            .background("Speech")
            .accuracy(new Manifest.Accuracy(0.9, "a"))
            .distribution(scores);
    ModelPackage model = ModelPackage.load(PackageWriter.write(content, packages, staged -> {}));
    ModelPackage again =
        ModelPackage.load(
            PackageWriter.write(PackageContent.of(model), packages.resolve("again"), it -> {}));
    assertThat(again.manifest()).isEqualTo(model.manifest());
    assertThat(again.labels()).isEqualTo(model.labels());
  }

  @Test
  void labelsAreCsvThatOthersCanRead() {
    assertThat(directory.resolve("labels.csv"))
        .hasContent("index,label\n0,Speech\n1,\"Waves, surf\"\n2,\"Say \"\"ah\"\"\"\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "sampleRate: 16000    | sampleRate: 8000       | frontEnd.sampleRate 8000 is not supported, only 16000",
        "bands: 64            | bands: 128             | frontEnd.bands 128 is not supported, only 64",
        "logOffset: 0.01      | logOffset: 0           | frontEnd.logOffset 0.0 is not between",
        "bands: 64            | ~bands: 64\n  bends: 64~ | frontEnd.bends: unknown key",
        "licence: CC0-1.0     | ~licence: a\nlicense: b~ | license: unknown key",
        "licence: CC0-1.0     | licence:               | licence: is missing",
        "licence: CC0-1.0     | ~~                     | licence: is missing",
        "version: \"1.0\"      | version: \" \"           | version: is empty",
        "name: small          | name: ../small         | name: \"../small\" is not a package name",
        "name: small          | name: [small]          | name",
        "hopMillis: 480       | hopMillis: 500         | hopMillis: 500 is none of 960, 480, 240",
        "hopMillis: 480       | hopMillis: 480.5       | hopMillis",
        "hopMillis: 480       | hopMillis: soon        | hopMillis",
        "hopMillis: 480       | {                      | line",
        "default: 0.5         | default: 1.5           | thresholds.default: 1.5 is not within 0..1",
        "default: 0.5         | default: .nan          | Malformed numeric value '.nan'",
        "surf: 0.25           | surf: -1               | thresholds.labels.Waves, surf: is not within",
        "surf: 0.25           | serf: 0.25             | thresholds.labels: no such label \"Waves, serf\"",
        "- 96                 | - 48                   | shape [48, 64] is not the front end's [96, 64]",
        "- 3                  | - 4                    | labels.csv: 3 labels for the 4 scores",
        "- 3                  | - 0                    | network.outputs.scores: is not one dimension",
        "scores:              | odds:                  | network.outputs: unknown output odds",
        "~    scores:\n    - 3\n~ | ~~              | labels: is for networks with scores",
        "~    embedding:\n    - 2\n    scores:\n    - 3\n~ | ~~ | network.outputs: is missing",
        "labels: labels.csv   | ~~                     | labels: is missing",
        "source:              | ~background: Rain\nsource:~ | background: no such label \"Rain\"",
        "source:              | ~background:\nsource:~ | background: is missing",
        "files:               | ~distribution: d.csv\nfiles:~ | files: has no digest of d.csv",
        "source:              | ~accuracy: {value: 1.1, of: a}\nsource:~ | accuracy.value: 1.1 is not within",
        "source:              | ~accuracy: {value: 1, of: ' '}\nsource:~ | accuracy.of: is empty",
        "source:              | ~accuracy: {value: 1}\nsource:~ | accuracy.of: is missing",
        "source:              | ~accuracy: {value: 1, of: a, on: b}\nsource:~ | accuracy.on: unknown key",
        "source:              | ~backbone: {name: Base, version: a, sha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}\nsource:~ | backbone.name: \"Base\" is not a package name",
        "source:              | ~backbone: {name: base, version: ' ', sha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}\nsource:~ | backbone.version: is empty",
        "source:              | ~backbone: {name: base, version: a, sha256: 12}\nsource:~ | backbone.sha256: is not a sha256 in hex",
        "source:              | ~backbone: {name: base, version: a}\nsource:~ | backbone.sha256: is missing",
        "source:              | ~backbone: {name: base, version: a, sha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, of: b}\nsource:~ | backbone.of: unknown key",
        "source:              | ~backbone:\nsource:~ | backbone: is missing",
        "sha256: \"0           | ~sha256: # \"0~         | source.sha256: is missing",
        "made in a test       | \" \"                   | source.address: is empty",
        "embedding:           | loudness:              | network.outputs: unknown output loudness",
        "file: network.onnx   | file: other.onnx       | files: has no digest of other.onnx",
        "labels: labels.csv   | labels: other.csv      | files: has no digest of other.csv",
        "card.md:             | ../card.md:             | files: \"../card.md\" is not a plain file name",
        "card.md:             | lost.md:                | lost.md is missing",
      })
  void aFaultInTheManifestIsNamed(String sound, String faulty, String message) throws Exception {
    Path file = directory.resolve("model.yaml");
    String yaml = Files.readString(file);
    assertThat(yaml).contains(sound);
    Files.writeString(file, yaml.replace(sound, faulty));
    assertRefused(message);
  }

  @Test
  void aRepeatedKeyIsNamed() throws Exception {
    Path file = directory.resolve("model.yaml");
    Files.writeString(file, Files.readString(file) + "name: again\n");
    assertRefused("Duplicate field 'name'");
  }

  @Test
  void anEmptyOrMissingManifestIsRefused() throws Exception {
    Files.writeString(directory.resolve("model.yaml"), "");
    assertRefused("model.yaml: ");
    Files.delete(directory.resolve("model.yaml"));
    assertRefused("model.yaml is missing");
  }

  @Test
  void aChangedFileIsRefused() throws Exception {
    Files.write(directory.resolve("network.onnx"), new byte[] {1, 2, 4});
    assertRefused("network.onnx does not have the sha256 of model.yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~0,a\n1,b\n2,c\n~               | the first line is not \"index,label\"",
        "~index,label\n0,a\n2,b\n1,c\n~  | line 3 does not start with \"1,\"",
        "~index,label\n0,a\n1,b\n2,a\n~  | duplicate or empty label \"a\"",
        "~index,label\n0,a\n1,\n2,c\n~   | duplicate or empty label \"\"",
        "~index,label\n0,a\n1,b,c\n2,d\n~| line 3 is not index,label",
        "~index,label\n0,a\n1,\"b\n2,d\n~| line 3 is not index,label",
        "~index,label\n0,a\n1,b\n~       | 2 labels for the 3 scores",
      })
  void aFaultInTheLabelsIsNamed(String csv, String message) throws Exception {
    Path labels = directory.resolve("labels.csv");
    Path manifest = directory.resolve("model.yaml");
    String digest = Sha256.of(labels);
    Files.writeString(labels, csv);
    Files.writeString(manifest, Files.readString(manifest).replace(digest, Sha256.of(labels)));
    assertRefused("labels.csv: " + message);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> ModelPackage.load(directory))
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith("Model package " + directory)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }
}
