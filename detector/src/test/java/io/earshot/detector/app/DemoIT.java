package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code earshot demo} as its users run it. */
class DemoIT {
  @TempDir Path folder;

  /** YAMNet was trained on recordings alone: what it names right sounds like the real thing. */
  @Test
  void yamnetHearsEachPartOfTheScene() throws Exception {
    Path wav = folder.resolve("scene.wav");
    try (EarshotProcess demo =
        EarshotProcess.start("demo", "--fast", "--model", "yamnet", "--wav", wav.toString())) {
      assertThat(demo.waitFor(90)).as("%s", demo).isZero();
      assertThat(demo.out())
          .anyMatch(line -> line.matches("00:\\d\\d.*Smoke detector, smoke alarm"))
          .anyMatch(line -> line.startsWith("5 of 5 heard, onsets off by 0."))
          .contains("Next:");
      assertThat(demo.err().get(0))
          .isEqualTo("Playing a made scene of 60 s to yamnet, as fast as it goes.");
    }
    assertThat(wav).hasSize(44 + 2 * 60 * 16_000);
  }

  /** As a fresh clone plays it: Earshot's own folder, its settings, its model. */
  @Test
  void theModelThatComesAlongHearsTheScene() throws Exception {
    Path home = Path.of("..").toAbsolutePath().normalize();
    try (EarshotProcess demo = EarshotProcess.start(home, List.of("demo", "--fast"))) {
      assertThat(demo.waitFor(90)).as("%s", demo).isZero();
      assertThat(demo.err().get(0)).startsWith("Playing a made scene of 60 s to base");
      assertThat(demo.out())
          .anyMatch(line -> line.startsWith("5 of 5 heard"))
          .anyMatch(line -> line.contains("nothing heard in the quiet between"))
          .anyMatch(line -> line.contains("./earshot models install yamnet"));
    }
  }

  @Test
  void inRealTimeWhatHasBegunIsPrintedAndCtrlCEndsIt() throws Exception {
    try (EarshotProcess demo = EarshotProcess.start("demo", "--model", "yamnet")) {
      demo.awaitOut(line -> line.matches("00:0\\d\\.\\d{3}  \\.\\.\\. .*Smoke detector.*"), 60);
      demo.interrupt();
      assertThat(demo.waitFor(30)).as("%s", demo).isEqualTo(130);
      assertThat(demo.out()).noneMatch(line -> line.startsWith("Next"));
      assertThat(demo.err()).noneMatch(line -> line.contains("Exception"));
    }
  }

  @Test
  void aSceneThatCannotBeWrittenIsSaidInOneLine() throws Exception {
    Path nowhere = folder.resolve("none/scene.wav");
    try (EarshotProcess demo =
        EarshotProcess.start("demo", "--model", "yamnet", "--wav", nowhere.toString())) {
      assertThat(demo.waitFor(60)).as("%s", demo).isEqualTo(1);
      assertThat(demo.err()).singleElement().asString().startsWith("earshot: " + nowhere);
    }
    assertThat(Files.exists(nowhere)).isFalse();
  }
}
