package io.earshot.detector.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilentStreamsTest {
  private final SilentStreams silent = new SilentStreams(Duration.ofSeconds(60));

  @Test
  void aStreamIsHandedOutOnceWhenItHasBeenSilentForTheTimeout() {
    silent.heard("door", 1_000);
    assertThat(silent.take(60_999, 10)).isEmpty();
    assertThat(silent.take(61_000, 10)).containsExactly("door");
    assertThat(silent.take(200_000, 10)).isEmpty();
    assertThat(silent.isEmpty()).isTrue();
  }

  @Test
  void whatIsHeardAgainBeginsItsSilenceAnew() {
    silent.heard("door", 0);
    silent.heard("gate", 10);
    silent.heard("door", 20);
    assertThat(silent.take(60_010, 10)).containsExactly("gate");
    assertThat(silent.take(60_020, 10)).containsExactly("door");
  }

  @Test
  void aStreamOfTheStoreIsSilentFromNowOnUnlessItHasBeenHeard() {
    silent.heard("door", 0);
    silent.there("door", 30_000);
    silent.there("gate", 30_000);
    assertThat(silent.take(60_000, 10)).containsExactly("door");
    assertThat(silent.take(90_000, 10)).containsExactly("gate");
  }

  @Test
  void onlySoManyAreHandedOutAtATimeTheLongestSilentFirst() {
    for (int i = 0; i < 5; i++) {
      silent.heard("s" + i, i);
    }
    silent.forget("s1");
    assertThat(silent.take(100_000, 2)).containsExactly("s0", "s2");
    assertThat(silent.take(100_000, 2)).containsExactly("s3", "s4");
  }

  @Test
  void aClockThatIsSetBackEndsNothing() {
    silent.heard("door", 1_000_000);
    silent.heard("gate", 500);
    assertThat(silent.take(61_000, 10)).isEmpty();
    assertThat(silent.take(1_060_000, 10)).containsExactly("door", "gate");
  }
}
