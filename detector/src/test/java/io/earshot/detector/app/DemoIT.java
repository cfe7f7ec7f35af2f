package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** Its port is another's, so it takes a free one. */
  @Test
  void inRealTimeWhatHasBegunIsPrintedAndOnThePageAndCtrlCEndsIt() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        EarshotProcess demo =
            EarshotProcess.start(
                "demo",
                "--stay",
                "--set",
                "web.enabled=true",
                "--set",
                "web.port=" + taken.getLocalPort())) {
      demo.awaitOut(line -> line.matches("00:0\\d\\.\\d{3}  \\.\\.\\. .*Smoke detector.*"), 60);
      assertThat(demo.err().get(0))
          .isEqualTo("Playing a made scene of 60 s to yamnet, in real time (Ctrl-C ends).");
      Matcher watch =
          Pattern.compile("Watch at (http://127\\.0\\.0\\.1:\\d+); web.port (\\d+): .+ in use\\.")
              .matcher(demo.awaitErr(line -> line.startsWith("Watch at"), 20));
      assertThat(watch.matches()).as("%s", demo).isTrue();
      assertThat(watch.group(2)).isEqualTo(Integer.toString(taken.getLocalPort()));
      assertThat(status(watch.group(1) + "/api/events/none")).isEqualTo(404);
      demo.interrupt();
      assertThat(demo.waitFor(30)).as("%s", demo).isEqualTo(130);
      assertThat(demo.out()).noneMatch(line -> line.startsWith("Next"));
      assertThat(demo.err()).noneMatch(line -> line.contains("Exception"));
    }
  }

  @Test
  void withoutThePageThereIsNothingToStayFor() {
    for (String without : List.of("--fast", "--no-web", "--set=web.enabled=false")) {
      CommandRun run =
          CommandRun.of("demo", "--model", Shared.base().toString(), "--stay", without);
      assertThat(run.err()).singleElement().asString().startsWith("earshot: --stay plays on for");
      assertThat(run.status()).isEqualTo(2);
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

  @Test
  void aPageForOthersNeedsAToken() {
    CommandRun run =
        CommandRun.of("demo", "--model", Shared.base().toString(), "--set", "web.listen=0.0.0.0");
    assertThat(run.err()).singleElement().asString().startsWith("earshot: web.token, or EARSHOT_");
    assertThat(run.status()).isEqualTo(2);
  }

  private static int status(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
