package io.earshot.detector.app;

import io.earshot.models.importer.InstallProgress;
import io.earshot.models.importer.ModelInstaller;
import io.earshot.models.pack.PackageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The data that tests share, and a home with YAMNet in it, which is its default model, and without
 * a web server: tests run beside one another.
 */
final class Shared {
  private static Path home;

  private Shared() {}

  /** A file below the shared folder; it is an error if it is not there. */
  static Path path(String relative) {
    String environment = System.getenv().getOrDefault("EARSHOT_SHARED", "../shared");
    Path path =
        Path.of(System.getProperty("EARSHOT_SHARED", environment))
            .toAbsolutePath()
            .normalize()
            .resolve(relative);
    if (Files.notExists(path)) {
      throw new AssertionError("missing test data: " + path);
    }
    return path;
  }

  /** The package that comes with Earshot. */
  static Path base() {
    return Path.of("..", "models", "packages", "base").toAbsolutePath().normalize();
  }

  /**
   * An Earshot home with YAMNet installed from the shared file; made once in each fork of Maven's.
   */
  static synchronized Path home() {
    if (home == null) {
      String fork = System.getProperty("EARSHOT_FORK", "");
      Path made = Path.of("target", "test-home", fork).toAbsolutePath();
      try {
        new ModelInstaller()
            .install(
                "yamnet",
                Optional.of(path("models/yamnet")),
                made.resolve("models/packages"),
                InstallProgress.NONE);
        Files.createDirectories(made.resolve("config"));
        Files.writeString(
            made.resolve("config/earshot.yaml"), "model: {name: yamnet}\nweb: {enabled: false}\n");
      } catch (PackageException | IOException e) {
        throw new AssertionError(e);
      }
      home = made;
    }
    return home;
  }

  static Path yamnet() {
    return home().resolve("models/packages/yamnet");
  }
}
