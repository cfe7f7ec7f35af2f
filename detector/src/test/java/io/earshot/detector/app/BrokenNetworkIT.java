package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that loads and cannot score. */
class BrokenNetworkIT {
  @TempDir Path folder;

  @Test
  void aNetworkThatFailsOnEveryPatchEndsTheCommandInOneLine() throws Exception {
    Path model = SmallModel.numberless(folder);
    try (EarshotProcess detect =
        EarshotProcess.start(
            "detect", "--model", model.toString(), Shared.path("golden/dog.wav").toString())) {
      assertThat(detect.waitFor(120)).as("%s", detect).isEqualTo(1);
      assertThat(detect.out()).isEmpty();
      assertThat(detect.err())
          .as("%s", detect)
          .noneMatch(line -> line.startsWith("\tat "))
          .last()
          .isEqualTo("earshot: the network fails on every patch: a score is no number: NaN");
    }
  }
}
