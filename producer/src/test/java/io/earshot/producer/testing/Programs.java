package io.earshot.producer.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Encoders and decoders by other people, as the system installs them. */
public final class Programs {
  private Programs() {}

  /** Skips the test where one is missing; in CI that is a failure. */
  public static void require(String... programs) {
    for (String program : programs) {
      boolean present =
          Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
      if ("true".equals(System.getenv("CI"))) {
        assertThat(present).as(program + " must be installed in CI").isTrue();
      }
      assumeTrue(present, program + " is not installed");
    }
  }

  /** Runs in that folder; the command is split at blanks. */
  public static void run(Path folder, String command) throws IOException, InterruptedException {
    require(command.split(" ")[0]);
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process =
        new ProcessBuilder(command.split(" "))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    process.getOutputStream().close();
    assertThat(process.waitFor())
        .as(() -> command + ": " + new String(bytes(output), StandardCharsets.UTF_8))
        .isZero();
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
