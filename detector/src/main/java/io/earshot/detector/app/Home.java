package io.earshot.detector.app;

import java.nio.file.Files;
import java.nio.file.Path;

/** Earshot's own folder, which relative paths of the configuration start from. */
final class Home {
  private static final Path PATH =
      Path.of(System.getProperty("earshot.home", ".")).toAbsolutePath().normalize();

  private Home() {}

  static Path resolve(String path) {
    return PATH.resolve(path);
  }

  /** The configuration that is read when none is named; null if there is none. */
  static Path configFile() {
    Path file = PATH.resolve("config/earshot.yaml");
    return Files.exists(file) ? file : null;
  }
}
