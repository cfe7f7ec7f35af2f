package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said before anybody asks Kafka. */
class ClipCommandTest {
  private static final String ID = "1b9d6bcd-bbfd-3b2d-9b5d-ab8dfbbd4bed";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | Missing required",
        "ID | Missing required option: '-o=FILE'",
        "-o x.wav | Missing required parameter: 'EVENT_ID'",
        "dog -o x.wav | that is no event's id; one looks like 1b9d6bcd-bbfd-3b2d-9b5d-ab8dfbbd4bed",
        "../../etc/passwd -o x.wav | that is no event's id",
        "1B9D6BCD-BBFD-3B2D-9B5D-AB8DFBBD4BED -o x.wav | that is no event's id",
        "ID -o x.wav --pre soon | command line: clips.pre_roll must be a duration such as 100ms",
        "ID -o x.wav --pre 2m | command line: clips.pre_roll must be a duration from 0ms to 1m",
        "ID -o x.wav --post 1h | command line: clips.post_roll must be a duration from 0ms to 1m",
        "ID -o x.wav --colour red | Unknown options: '--colour', 'red'"
      })
  void wrongUseIsSaidInALine(String arguments, String message) {
    String line = "clip " + arguments.replaceFirst("^ID", ID);
    CommandRun run = CommandRun.of(line.strip().split(" "));
    assertThat(run.status()).as("%s", run).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().get(0)).startsWith("earshot: " + message);
  }
}
