package io.earshot.producer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Recordings that lie outside the repository. */
public final class Shared {
  private Shared() {}

  public static Path path(String relative) {
    String root = System.getProperty("EARSHOT_SHARED", System.getenv("EARSHOT_SHARED"));
    assertThat(root).as("EARSHOT_SHARED names the folder of test recordings").isNotBlank();
    Path path = Path.of(root).resolve(relative);
    assertThat(path).exists();
    return path;
  }

  /** All files below that folder with that ending, in order. */
  public static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(path(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
