package io.earshot.detector.clip;

import static io.earshot.detector.clip.Sound.T;
import static io.earshot.detector.clip.Sound.frames;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowEndTest {
  private static final int MEGABYTE = 1 << 20;

  private final WindowEnd end = new WindowEnd(new Span(T, T + 5_000, false));

  @Test
  void tenSecondsOfTheStreamAfterTheClipAreEnough() {
    frames("s", 0, 149).forEach(end::own);
    assertThat(end.isReached()).isFalse();
    frames("s", 149, 14_900, 1).forEach(end::own);
    assertThat(end.isReached()).isTrue();
  }

  @Test
  void aClockThatWasSetBackBringsMoreOfTheClip() {
    frames("s", 0, 149).forEach(end::own);
    frames("s", 149, 4_000, 100).forEach(end::own);
    assertThat(end.isReached()).isFalse();
    frames("s", 249, 14_000, 10).forEach(end::own);
    assertThat(end.isReached()).isTrue();
  }

  @Test
  void aStreamThatHasEndedIsNotWaitedForAmongTheOthers() {
    frames("s", 0, 49).forEach(end::own);
    for (int i = 0; i < 1_000; i++) {
      end.other(T + 14_000, MEGABYTE);
    }
    assertThat(end.isReached()).isFalse();
    for (int i = 0; i < 64; i++) {
      assertThat(end.isReached()).isFalse();
      end.other(T + 16_000, MEGABYTE);
    }
    assertThat(end.isReached()).isTrue();
  }

  @Test
  void soundThatAllHasOneTimeIsNotHeldInMemory() {
    for (int i = 0; i < 41_000; i++) {
      end.own(frames("s", i, 0, 1).get(0));
    }
    assertThat(end.isReached()).isFalse();
    for (int i = 0; i < 1_000; i++) {
      end.own(frames("s", i, 0, 1).get(0));
    }
    assertThat(end.isReached()).isTrue();
  }
}
