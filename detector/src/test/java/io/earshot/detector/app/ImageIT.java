package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image's commands do what they do without an image, without an engine to build it. */
class ImageIT {
  @TempDir static Path folder;
  private static ImageOnHost image;

  @BeforeAll
  static void build() throws Exception {
    Tools.require("bwrap", "bubblewrap");
    Tools.require("tini", "tini");
    Tools.require("curl", "curl");
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can become another user");
    image = ImageOnHost.build(folder);
  }

  @Test
  void withoutArgumentsItSaysWhatItCanDo() throws Exception {
    try (EarshotProcess help = EarshotProcess.run(image.contained(image.entrypoint()))) {
      assertThat(help.waitFor(60)).as("%s", help).isZero();
      assertThat(help.out()).anyMatch(line -> line.startsWith("Usage: earshot"));
      assertThat(help.err()).isEmpty();
    }
  }

  @Test
  void itHearsADogOnStandardInput() throws Exception {
    byte[] wav = Files.readAllBytes(Shared.path("golden/dog.wav"));
    try (EarshotProcess detect =
        EarshotProcess.run(image.contained(image.entrypoint("detect", "-")))) {
      try (var in = detect.process().getOutputStream()) {
        in.write(Arrays.copyOfRange(wav, wav.length - 2 * 80_016, wav.length));
      }
      assertThat(detect.waitFor(90)).as("%s", detect).isZero();
      assertThat(detect.out()).singleElement().asString().endsWith("  dog_bark");
      assertThat(detect.err()).singleElement().asString().endsWith(" base 1 runs on the CPU");
    }
  }

  @Test
  void itsUserMayWriteNothingButDataAndTemporaryFiles() throws Exception {
    String script =
        """
        id -u
        for folder in / /opt/earshot /opt/earshot/lib /opt/earshot/models/packages /opt/earshot/config; do
          if touch $folder/file 2> /dev/null; then echo "$folder"; fi
        done
        touch /opt/earshot/data/file /tmp/file && echo fine
        grep CapEff /proc/self/status
        """;
    try (EarshotProcess shell = EarshotProcess.run(image.contained(List.of("sh", "-c", script)))) {
      assertThat(shell.waitFor(20)).as("%s", shell).isZero();
      assertThat(shell.out()).containsExactly("10001", "fine", "CapEff:\t0000000000000000");
    }
  }

  /** A Kafka is in the same box, whose network is its own: the ports are free. */
  @Test
  void itsHealthCheckFailsUntilADetectorIsWell() throws Exception {
    String script =
        """
        health() { %s; }
        health 2> /dev/null && echo "healthy without a detector"
        %s > /tmp/broker 2>&1 &
        for second in $(seq 90); do
          if grep -q '^Kafka at ' /tmp/broker; then break; fi
          sleep 1
        done
        %s > /tmp/detector 2>&1 &
        detector=$!
        for second in $(seq 90); do
          if health 2> /dev/null; then echo healthy; break; fi
          sleep 1
        done
        kill $detector && wait $detector
        echo "ended with $?"
        cat /tmp/broker /tmp/detector >&2
        """
            .formatted(
                String.join(" ", image.healthcheck()),
                String.join(" ", image.entrypoint("broker", "--set", "metrics.enabled=false")),
                String.join(" ", image.entrypoint("detector")));
    try (EarshotProcess shell = EarshotProcess.run(image.contained(List.of("sh", "-c", script)))) {
      assertThat(shell.waitFor(240)).as("%s", shell).isZero();
      assertThat(shell.out()).as("%s", shell).containsExactly("healthy", "ended with 0");
    }
  }
}
