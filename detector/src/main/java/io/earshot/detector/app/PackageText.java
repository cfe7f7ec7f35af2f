package io.earshot.detector.app;

import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.Quantised;
import io.earshot.models.pack.ScoreDistribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A package for people to read. */
final class PackageText {
  private static final int WIDTH = 100;
  private static final String MARGIN = " ".repeat(14);

  private final List<String> lines = new ArrayList<>();

  private PackageText() {}

  static List<String> of(ModelPackage model) {
    PackageText text = new PackageText();
    text.describe(model);
    return text.lines;
  }

  private void describe(ModelPackage model) {
    Manifest manifest = model.manifest();
    lines.add(model.name() + " " + model.version());
    add("kind", kind(model));
    add("folder", model.directory() + ", " + size(model));
    add("licence", manifest.licence());
    add("source", manifest.source().address());
    if (manifest.source().sha256() != null) {
      add("", "sha256 " + manifest.source().sha256());
    }
    Manifest.Backbone backbone = manifest.backbone();
    if (backbone != null) {
      add("backbone", backbone.name() + " " + backbone.version());
      add("", "sha256 " + backbone.sha256());
    }
    if (manifest.quantised() != null) {
      addQuantised(manifest.quantised());
    }
    add("front end", frontEnd(model.frontEnd()));
    add("hop", model.hop().toMillis() + " ms");
    addAll("input", shapes(manifest.network().inputs()));
    addAll("output", shapes(manifest.network().outputs()));
    model.accuracy().ifPresent(it -> add("accuracy", percent(it) + ", " + it.of()));
    addAll("files", columns(manifest.files()));
    if (model.hasScores()) {
      addScored(model);
    }
  }

  private void addQuantised(Quantised quantised) {
    Manifest.Backbone from = quantised.from();
    add("quantised", "from " + from.name() + " " + from.version() + ", sha256 " + from.sha256());
    Quantised.Comparison compared = quantised.comparison();
    add(
        "",
        String.format(
            Locale.ROOT,
            "cosine %.4f of %s, %.1f times as fast",
            compared.cosine(),
            compared.vector(),
            compared.speedup()));
  }

  private void addScored(ModelPackage model) {
    Manifest.Thresholds thresholds = model.manifest().thresholds();
    add("threshold", Float.toString(thresholds.standard()));
    addAll("", thresholds.labels().entrySet().stream().map(e -> e.getValue() + " " + e.getKey()));
    model.background().ifPresent(index -> add("background", model.labels().get(index)));
    model
        .distribution()
        .ifPresent(scores -> addAll("scores", distribution(scores, model).stream()));
    addAll("labels", wrapped(model.classes() + ": " + String.join("; ", model.labels())));
  }

  /** By label, how many scores of known clips there are, and of how many the model was sure. */
  static List<String> distribution(ScoreDistribution scores, ModelPackage model) {
    List<String> lines = new ArrayList<>();
    for (String label : scores.labels()) {
      float threshold = model.threshold(model.labels().indexOf(label));
      lines.add(
          "%s: %d of %d segments of known clips reach the threshold"
              .formatted(label, scores.reaching(label, threshold), scores.total(label)));
    }
    return lines;
  }

  static String kind(ModelPackage model) {
    return model.hasScores() ? "classifier" : "backbone";
  }

  static String percent(Manifest.Accuracy accuracy) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * accuracy.value());
  }

  static String size(ModelPackage model) {
    return String.format(Locale.ROOT, "%.1f MB", bytes(model) / 1e6);
  }

  /** What the files of the package take. */
  static long bytes(ModelPackage model) {
    try (Stream<Path> files = Files.list(model.directory())) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      return 0; // Deleted while we look.
    }
  }

  private static String frontEnd(FrontEnd frontEnd) {
    return String.format(
        Locale.ROOT,
        "%d Hz, Hann windows of %d ms every %d ms, %d mel bands from %.0f to %.0f Hz, log(mel + %s)",
        frontEnd.sampleRate(),
        frontEnd.windowMillis(),
        frontEnd.hopMillis(),
        frontEnd.bands(),
        frontEnd.lowHz(),
        frontEnd.highHz(),
        frontEnd.logOffset());
  }

  private static Stream<String> shapes(Map<String, List<Integer>> tensors) {
    return tensors.entrySet().stream()
        .map(
            tensor ->
                tensor.getValue().stream()
                    .map(size -> " x " + size)
                    .collect(Collectors.joining("", tensor.getKey() + ", float32 N", "")));
  }

  private static Stream<String> columns(Map<String, String> pairs) {
    int width = pairs.keySet().stream().mapToInt(String::length).max().orElse(0);
    return pairs.entrySet().stream()
        .map(pair -> ("%-" + width + "s  %s").formatted(pair.getKey(), pair.getValue()));
  }

  /** Lines that end at blanks before the page does. */
  private static Stream<String> wrapped(String text) {
    int width = WIDTH - MARGIN.length();
    return text.replaceAll("(.{1," + width + "})( |$)", "$1\n").lines();
  }

  private void addAll(String key, Stream<String> values) {
    String heading = key;
    for (String value : values.toList()) {
      add(heading, value);
      heading = "";
    }
  }

  private void add(String key, String value) {
    lines.add(("  %-" + (MARGIN.length() - 2) + "s%s").formatted(key, value));
  }
}
