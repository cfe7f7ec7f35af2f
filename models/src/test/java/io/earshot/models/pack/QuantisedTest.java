package io.earshot.models.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantisedTest {
  @TempDir Path packages;

  private static Quantised quantised(double cosine, double agreement, double before, double after) {
    return new Quantised(
        new Manifest.Backbone("small", "1.0", "0".repeat(64)),
        "by hand",
        new Quantised.Comparison(
            8,
            40,
            "embedding",
            cosine,
            0.9,
            new Quantised.Scores(agreement, 0.01, 0.1),
            new Quantised.Accuracies(before, after, "200 clips of 2 labels"),
            3.5));
  }

  private Path write(Quantised quantised) throws Exception {
    PackageContent content = SmallPackage.around(new byte[] {1}).quantised(quantised);
    return PackageWriter.write(content, packages, staged -> {});
  }

  @Test
  void whatWasWrittenIsReadBack() throws Exception {
    Quantised quantised = quantised(0.999, 0.97, 0.96, 0.965);
    assertThat(ModelPackage.load(write(quantised)).manifest().quantised()).isEqualTo(quantised);
  }

  @ParameterizedTest
  @CsvSource({
    "0.995, 0.9, 0.96, 0.955",
    "1, 1, 1, 0.995",
    "0.995, 0.9, 0.5, 0.9",
    "0.9999, 0.91, 0.1, 0.1"
  })
  void whatIsCloseEnoughIsUsed(double cosine, double agreement, double before, double after) {
    assertThat(quantised(cosine, agreement, before, after).comparison().fault()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0.9949, 0.99, 0.96, 0.96, cosine: 0.9949 is below 0.995",
    "NaN, 0.99, 0.96, 0.96, cosine: NaN is below 0.995",
    "0.999, 0.899, 0.96, 0.96, scores.agreement: 0.899 is below 0.9",
    "0.999, 0.99, 0.96, 0.954, 'accuracy: falls by 0.60 points, more than 0.5'"
  })
  void whatIsTooFarOffIsRefusedInOneLine(
      double cosine, double agreement, double before, double after, String fault) {
    assertThatThrownBy(() -> write(quantised(cosine, agreement, before, after)))
        .isInstanceOf(PackageException.class)
        .hasMessageMatching("Model package \\S+: model.yaml: quantised\\.comparison\\..*")
        .hasMessageEndingWith(fault);
    assertThat(packages).isEmptyDirectory();
  }

  @Test
  void anEditedComparisonIsRefusedWhenRead() throws Exception {
    Path directory = write(quantised(0.999, 0.97, 0.96, 0.96));
    Path manifest = directory.resolve("model.yaml");
    Files.writeString(manifest, Files.readString(manifest).replace("cosine: 0.999", "cosine: 0.9"));
    assertThatThrownBy(() -> ModelPackage.load(directory))
        .isInstanceOf(PackageException.class)
        .hasMessage(
            "Model package %s: model.yaml: quantised.comparison.cosine: 0.9000 is below 0.995",
            directory);
  }
}
