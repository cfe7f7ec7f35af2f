package io.earshot.detector.clip;

import static io.earshot.detector.clip.Sound.T;
import static io.earshot.detector.clip.Sound.frames;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.frame.Frame;
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
    // 3200 bytes of sound each, and what a frame takes beside it: 39,475 are 128 MB.
    Frame frame = frames("s", 0, 1).get(0);
    for (int i = 0; i < 39_000; i++) {
      end.own(frame);
    }
    assertThat(end.isReached()).isFalse();
    for (int i = 0; i < 1_000; i++) {
      end.own(frame);
    }
    assertThat(end.isReached()).isTrue();
  }

  @Test
  void framesOfASampleAreBoundedToo() {
    Frame frame = Sound.frame("s", 0, T, 0, 1);
    for (int i = 0; i < 1_000_000 && !end.isReached(); i++) {
      end.own(frame);
    }
    assertThat(end.isReached()).isTrue();
  }

  /** A stream ahead of the clock pulls the beginning back by hours. */
  @Test
  void framesFromLongBeforeTheClipDoNotCount() {
    Frame before = frames("s", -60_000, 1).get(0);
    for (int i = 0; i < 100_000; i++) {
      end.own(before);
      end.other(T + 3_600_000, 2_000);
    }
    assertThat(end.isReached()).isFalse();
  }

  @Test
  void beforeTheStreamHasComeToTheClipOthersDoNotEndIt() {
    for (int i = 0; i < 100; i++) {
      end.other(T + 16_000, MEGABYTE);
    }
    frames("s", -1_000, 10).forEach(end::own);
    for (int i = 0; i < 100; i++) {
      end.other(T + 16_000, MEGABYTE);
    }
    assertThat(end.isReached()).isFalse();
    frames("s", 10, 0, 1).forEach(end::own);
    for (int i = 0; i < 64; i++) {
      assertThat(end.isReached()).isFalse();
      end.other(T + 16_000, MEGABYTE);
    }
    assertThat(end.isReached()).isTrue();
  }
}
