package io.earshot.detector.clip;

import static io.earshot.detector.clip.Sound.T;
import static io.earshot.detector.clip.Sound.frames;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.earshot.detector.event.Event;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clips of an event from 5 to 6 s after T, out of partitions with other streams in them. */
class FrameLogTest {
  private static final ClipSettings SETTINGS =
      new ClipSettings(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(30));
  private static final Event EVENT = Sound.event("s." + T, 5_000, 6_000);
  private static final Event AFTER = Sound.event("s." + (T - 60_000) + ".200", 5_000, 6_000);

  private final FakeFrames log = new FakeFrames(2);

  /** A file that is sent at ten times its speed is soon an hour ahead. */
  @Test
  void aStreamAheadOfTheClockDoesNotHideTheSound() throws Exception {
    log.add(0, "file", T + 3_600_000);
    byte[] sound = new byte[3_200];
    for (int i = 0; i < 45_200; i++) {
      long millis = T - 4_500_000 + i * 100L;
      log.add(0, new Frame("yard", "s", i, millis, Encoding.S16LE, sound, false));
    }
    Clip clip = clip(Sound.event("s." + (T - 4_500_000), 5_000, 6_000));
    assertThat(clip.startMillis()).isEqualTo(T + 3_000);
    assertThat(clip.isWhole()).isTrue();
    assertThat(clip.gaps()).isEmpty();
  }

  @Test
  void aClockThatWasAheadAndSetRightBringsNoOldSound() throws Exception {
    frames("s", 4_000, 200).forEach(frame -> log.add(0, frame));
    assertThat(clip(AFTER)).isNull();
    frames("s", 200, -60_000, 900).forEach(frame -> log.add(0, frame));
    Clip clip = clip(AFTER);
    assertThat(clip.startMillis()).isEqualTo(T + 3_000);
    assertThat(clip.isWhole()).isTrue();
  }

  @Test
  void whereTheStreamIsNoOtherPartitionIsRead() throws Exception {
    int home = log.home("yard");
    frames("s", 60_000, 200).forEach(frame -> log.add(home, frame));
    log.add(1 - home, "other", T + 4_000);
    assertThat(clip(EVENT)).isNull();
    assertThat(log.read()).containsExactly(home);
  }

  @Test
  void whereItIsNotTheOthersAre() throws Exception {
    int home = log.home("yard");
    log.add(home, "other", T + 4_000);
    frames("s", 0, 200).forEach(frame -> log.add(1 - home, frame));
    assertThat(clip(EVENT).isWhole()).isTrue();
    assertThat(log.read()).containsExactly(home, 1 - home);
  }

  @Test
  void aTopicWithoutPartitionsIsOneThatIsNotThereYet() {
    FakeFrames none = new FakeFrames(0);
    ClipException e = catchThrowableOfType(ClipException.class, () -> clip(EVENT, none));
    assertThat(e.reason()).isEqualTo(ClipException.Reason.UNAVAILABLE);
  }

  private Clip clip(Event event) throws ClipException {
    return clip(event, log);
  }

  private static Clip clip(Event event, FakeFrames log) throws ClipException {
    Span span = Span.of(event, SETTINGS);
    ClipAssembler clip = new ClipAssembler(event, span);
    new FrameLog(log.consumer(), new Patience(Duration.ofSeconds(60))).read("yard", span, clip);
    return clip.clip();
  }
}
