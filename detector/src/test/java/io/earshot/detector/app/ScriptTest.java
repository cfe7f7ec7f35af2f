package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which commands make the script {@code earshot} fetch PyTorch. */
class ScriptTest {
  private static final Path SCRIPT = Path.of("..", "earshot");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --head mlp",
        "train --data clips --head MLP --model-out head",
        "train --data clips --head=mlp",
        "train --teacher yamnet --data sounds",
        "train --data sounds --teacher=yamnet",
        "models train-backbone --clips clips"
      })
  void whatTrainsWithPyTorchWantsIt(String arguments) throws Exception {
    assertThat(learns(arguments)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --data clips --model-out head",
        "train --data clips --head linear",
        "train --head svm --model-out mlp",
        "train --help",
        "train --head mlp --help",
        "train -h --teacher yamnet",
        "evaluate --data clips --model mlp",
        "detect --model train --head mlp",
        "models list"
      })
  void everythingElseDoesWithout(String arguments) throws Exception {
    assertThat(learns(arguments)).isFalse();
  }

  @Test
  void aScriptWithoutAnErrorIsWhatBashReads() throws Exception {
    assertThat(new ProcessBuilder("bash", "-n", SCRIPT.toString()).start().waitFor()).isZero();
  }

  /** What the script's own function says. */
  private static boolean learns(String arguments) throws Exception {
    String script = Files.readString(SCRIPT);
    int from = script.indexOf("\nlearns() {");
    String function = script.substring(from, script.indexOf("\n}\n", from) + 3);
    List<String> command =
        new ArrayList<>(
            List.of("bash", "-c", function + "\nif learns \"$@\"; then exit 10; fi; exit 11", "-"));
    command.addAll(List.of(arguments.split(" ")));
    int status = new ProcessBuilder(command).start().waitFor();
    assertThat(status).isIn(10, 11);
    return status == 10;
  }
}
