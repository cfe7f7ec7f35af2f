package io.earshot.detector.app;

import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.ModelPackages;
import io.earshot.models.pack.PackageException;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model hears, and how often. */
final class ModelOptions {
  @Mixin private ConfigOptions config;

  @Option(
      names = "--model",
      paramLabel = "NAME|DIR",
      description = "An installed model package, or a package's folder.")
  private String model;

  @Option(
      names = "--hop",
      paramLabel = "MS",
      description = "From one segment to the next: 960, 480 or 240 milliseconds.")
  private String hop;

  /**
   * @param more flags of the command itself, by the path of their key; null values were not given
   */
  Config config(Map<String, String> more) throws UserException {
    Map<String, String> flags = new HashMap<>(more);
    flags.put("model.name", model);
    flags.put("segments.hop", hop == null ? null : hop + (hop.matches("\\d+") ? "ms" : ""));
    return config.read(flags);
  }

  /**
   * The package that the configuration names.
   *
   * @throws UserException it is not there, not sound, or cannot name what it hears
   */
  static ModelPackage model(Config config) throws UserException {
    ModelPackage model;
    try {
      model = ModelPackages.find(config.model().name(), Home.resolve(config.model().directory()));
    } catch (PackageException e) {
      throw UserException.wrongUse(e.getMessage(), e);
    }
    if (!model.hasScores()) {
      throw UserException.wrongUse(
          "model package %s gives embeddings, no scores: it cannot name what it hears. Use another model"
              .formatted(model.name()));
    }
    return model;
  }
}
