package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Other people's programs, which some tests run if they are installed; only CI insists on them. */
final class Tools {
  private Tools() {}

  /**
   * Passes a test over where a program is missing.
   *
   * @param debian the package that has it
   */
  static void require(String program, String debian) {
    boolean there = path(program) != null;
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as(program + " is installed").isTrue();
    }
    assumeTrue(there, program + " is not installed (Debian package " + debian + ")");
  }

  /** Where it is; null if it is not installed. */
  static Path path(String program) {
    for (String folder : (System.getenv("PATH") + ":/usr/sbin").split(":")) {
      Path path = Path.of(folder, program);
      if (Files.isExecutable(path)) {
        return path;
      }
    }
    return null;
  }
}
