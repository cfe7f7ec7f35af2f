package io.earshot.detector.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Option;

/** {@code --config} and {@code --set}, and what other flags set over them. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings; config/earshot.yaml where none is named.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting over those of the file, such as events.defaults.onset=0.4.")
  private List<String> settings = new ArrayList<>();

  /**
   * The configuration with the environment and {@code flags} over it; a flag that is null was not
   * given.
   */
  Config read(Map<String, String> flags) throws UserException {
    Map<String, String> given = new LinkedHashMap<>(flags);
    given.values().removeIf(Objects::isNull);
    Config config =
        ConfigFile.read(file == null ? Home.configFile() : file, Setting.all(settings), given);
    return KafkaEnvironment.over(config, System.getenv());
  }
}
