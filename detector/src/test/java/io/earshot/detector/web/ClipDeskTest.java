package io.earshot.detector.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClipDeskTest {
  private static final long SECOND = 1_000_000_000L;

  private final FakeClips clips = new FakeClips();
  private final AtomicLong now = new AtomicLong(-5 * SECOND);
  private final ClipDesk desk = new ClipDesk(clips, now::get);

  /** Its post-roll never comes, but a player asks for one range after the other. */
  @Test
  void theClipOfAnEventThatEndedWithItsStreamIsKeptForSeconds() throws Exception {
    ClipDesk.Cut cut = desk.cut(FakeClips.LAST);
    assertThat(cut.lasts()).isFalse();
    now.addAndGet(9 * SECOND);
    assertThat(desk.cut(FakeClips.LAST)).isSameAs(cut);
    now.addAndGet(SECOND);
    assertThat(desk.cut(FakeClips.LAST)).isNotSameAs(cut);
    assertThat(clips.cuts).hasValue(2);
  }

  @Test
  void aClipThatWillNotChangeIsKeptForLong() throws Exception {
    ClipDesk.Cut cut = desk.cut(FakeClips.CLOSED);
    now.addAndGet(100_000 * SECOND);
    assertThat(desk.cut(FakeClips.CLOSED)).isSameAs(cut);
  }

  @Test
  void theClipOfAnEventThatGoesOnIsNotKept() throws Exception {
    assertThat(desk.cut(FakeClips.OPEN)).isNotSameAs(desk.cut(FakeClips.OPEN));
  }
}
