package io.earshot.detector.app;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of every command that detects. */
final class DetectionOptions {
  @Mixin private ModelOptions model;

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      description = "The score that an event needs, for every label; else the model's own.")
  private String threshold;

  Config config() throws UserException {
    return config(Map.of());
  }

  /**
   * @param more flags of the command itself, by the path of their key; null values were not given
   */
  Config config(Map<String, String> more) throws UserException {
    Map<String, String> flags = new HashMap<>(more);
    flags.put("events.defaults.onset", threshold);
    return model.config(flags);
  }
}
