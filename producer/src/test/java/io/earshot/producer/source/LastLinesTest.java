package io.earshot.producer.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LastLinesTest {
  private final LastLines lines = new LastLines(line -> true);

  @Test
  void linesEndAnyWayAndBlankOnesDoNotCount() {
    add("one\ntw");
    add("o\r\n\n  \nthree\rlast");
    assertThat(lines.all()).containsExactly("one", "two", "three", "last");
  }

  @Test
  void theLastFewStay() {
    for (int i = 0; i < 100; i++) {
      add("line " + i + "\n");
    }
    assertThat(lines.all()).hasSize(LastLines.MAX_LINES).startsWith("line 92").endsWith("line 99");
  }

  @Test
  void aLineWithoutEndIsCut() {
    byte[] much = new byte[1 << 20];
    Arrays.fill(much, (byte) 'x');
    for (int i = 0; i < 100; i++) {
      lines.add(much, much.length);
    }
    add("\nafter it");
    assertThat(lines.all()).containsExactly("x".repeat(LastLines.MAX_BYTES), "after it");
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    lines.add(bytes, bytes.length);
  }
}
