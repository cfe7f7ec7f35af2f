package io.earshot.models.quantize;

import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.Quantised;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A package with another network and all else as it was. */
final class QuantizedPackage {
  private static final String CARD = "card.md";

  private QuantizedPackage() {}

  /**
   * All but card and comparison.
   *
   * @param network the new ONNX file
   */
  static PackageContent content(ModelPackage model, String name, Path network, String command) {
    Manifest manifest = model.manifest();
    PackageContent content =
        new PackageContent(name, model.version(), manifest.licence())
            .source(
                Manifest.Source.inWords(
                    "quantised by Earshot from %s %s: %s"
                        .formatted(model.name(), model.version(), command)))
            .network(network, model.inputName(), model.frontEnd(), manifest.hopMillis());
    model.embeddingSize().ifPresent(content::embedding);
    if (model.hasScores()) {
      content.scores(model.labels(), manifest.thresholds());
    }
    if (manifest.background() != null) {
      content.background(manifest.background());
    }
    if (manifest.backbone() != null) {
      content.backbone(manifest.backbone());
    }
    model.distribution().ifPresent(content::distribution);
    addFiles(content, model);
    return content;
  }

  /** Reports and what else came with the package. */
  private static void addFiles(PackageContent content, ModelPackage model) {
    Manifest manifest = model.manifest();
    Set<String> replaced =
        Stream.of(CARD, manifest.network().file(), manifest.labels(), manifest.distribution())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    manifest.files().keySet().stream()
        .filter(file -> !replaced.contains(file))
        .forEach(file -> content.file(file, model.directory().resolve(file)));
  }

  /** What was measured of the package before says so. */
  static void addComparison(PackageContent content, ModelPackage model, Quantised quantised) {
    content.quantised(quantised);
    model
        .accuracy()
        .map(it -> new Manifest.Accuracy(it.value(), it.of() + "; of " + model.name()))
        .ifPresent(content::accuracy);
  }
}
