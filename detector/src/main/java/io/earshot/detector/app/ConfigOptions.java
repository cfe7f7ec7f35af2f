package io.earshot.detector.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Option;

/** {@code --config}, and what other flags set over it. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings; config/earshot.yaml where none is named.")
  private Path file;

  /**
   * The configuration with the environment and {@code flags} over it; a flag that is null was not
   * given.
   */
  Config read(Map<String, String> flags) throws UserException {
    Map<String, String> given = new LinkedHashMap<>(flags);
    given.values().removeIf(Objects::isNull);
    Config config = ConfigFile.read(file == null ? Home.configFile() : file, given);
    return KafkaEnvironment.over(config, System.getenv());
  }
}
