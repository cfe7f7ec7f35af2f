package io.earshot.detector.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamOwnerTest {
  @ParameterizedTest
  @CsvSource({
    // heard for a second, or silent for one
    "999, 0, false",
    "1000, 0, true",
    "1000, -3600000, true",
    "100, 999, false",
    "100, 1000, true"
  })
  void aNewSessionTakesOverFromOneThatHasHadItsSecond(long heard, long silent, boolean yields) {
    assertThat(StreamOwner.first("a").yieldsTo("b", heard, silent)).isEqualTo(yields);
    assertThat(StreamOwner.first("").yieldsTo("b", heard, silent)).isEqualTo(yields);
  }

  @ParameterizedTest
  @CsvSource({"-100, false", "999, false", "1000, true"})
  void aSessionThatWasReplacedComesBackAfterASecondOfSilence(long silent, boolean yields) {
    StreamOwner owner = StreamOwner.first("a").passTo("b");
    assertThat(owner.yieldsTo("a", 3_600_000, silent)).isEqualTo(yields);
    assertThat(owner.passTo("a")).isEqualTo(new StreamOwner("a", List.of("b")));
  }

  @Test
  void eightReplacedSessionsAreRemembered() {
    StreamOwner owner = StreamOwner.first("0");
    for (int next = 1; next <= 9; next++) {
      owner = owner.passTo(Integer.toString(next));
    }
    assertThat(owner)
        .isEqualTo(new StreamOwner("9", List.of("1", "2", "3", "4", "5", "6", "7", "8")));
    assertThat(owner.passTo("9")).isEqualTo(owner);
  }
}
