package io.earshot.detector.app;

import java.nio.file.Path;

/** Folders for what can be computed again, as the XDG base directories have it. */
final class CacheFolder {
  private CacheFolder() {}

  static Path of(String name) {
    String set = System.getenv("XDG_CACHE_HOME");
    Path cache =
        set == null || set.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(set);
    return cache.resolve("earshot").resolve(name);
  }
}
