package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProducerCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | producer | nothing to send: name a file, - or --device, or streams in the configuration",
        "'' | producer --check | nothing to send: name a file, - or --device, or streams in the",
        "'' | producer --check - | --check is for streams in the configuration, not for files",
        "'name: a, source: -' | producer --loop | --stream, --loop and --pace are for files; entries",
        "'name: a, source: -' | producer --pace fast | --stream, --loop and --pace are for files; entries",
        "'name: a, source: gopher://x' | producer | stream a (gopher://x): no such source, allowed: mic:",
        "'name: a, source: udp://x' | producer | stream a (udp://x): 'udp://x' is no address, allowed:",
        "'name: a, source: \"http://:1\", token: \"${EARSHOT_NOT_SET}\"' | producer | environment: EARSHOT_NOT_SET must",
        "'name: a, source: \"http://:1\", token: \"${HOME}\"' | producer | streams, a.token must name variables of the"
      })
  void whatCannotBeSentIsRefusedInOneLine(String stream, String arguments, String message)
      throws Exception {
    Path config = folder.resolve("my.yaml");
    String spool = "spool: {directory: \"%s\"}\n".formatted(folder.resolve("spool"));
    Files.writeString(config, spool + (stream.isEmpty() ? "" : "streams: [{" + stream + "}]"));
    List<String> all = new ArrayList<>(List.of(arguments.split(" ")));
    all.addAll(List.of("--config", config.toString()));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertThat(run.status()).as("%s", run).isEqualTo(2);
    assertThat(run.err()).hasSize(1).first().asString().startsWith("earshot: " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.wav b.wav", "-", "--device 0"})
  void onlyOneFileCanBeginAgain(String source) {
    CommandRun run = CommandRun.of(("producer --loop " + source).split(" "));
    assertThat(run.status()).as("%s", run).isEqualTo(2);
    assertThat(run.err()).containsExactly("earshot: --loop is for one file");
  }
}
