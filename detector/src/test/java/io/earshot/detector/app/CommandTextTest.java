package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** How a package's card says to make it once more. */
class CommandTextTest {
  @Test
  void whatAShellWouldTakeApartIsQuoted() {
    assertThat(text("train", "--data", "Bob's clips", "--model-out", "a/b-1.c", "--seed=2"))
        .isEqualTo("./earshot train --data 'Bob'\\''s clips' --model-out a/b-1.c --seed=2");
    assertThat(text("train", "--data", "$HOME", "--model-out", ""))
        .isEqualTo("./earshot train --data '$HOME' --model-out ''");
  }

  @Test
  void itStaysOneLine() {
    assertThat(text("train", "--data", "a\nb", "--model-out", "x")).contains("'a?b'");
  }

  private static String text(String... arguments) {
    CommandLine line = Earshot.commandLine();
    ParseResult train = line.parseArgs(arguments).subcommand();
    return CommandText.of(train.commandSpec());
  }
}
