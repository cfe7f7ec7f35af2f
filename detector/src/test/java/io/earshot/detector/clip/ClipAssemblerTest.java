package io.earshot.detector.clip;

import static io.earshot.detector.clip.Sound.T;
import static io.earshot.detector.clip.Sound.frames;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.event.Event;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An event from 5 to 6 s after T, with two seconds before and one after it. */
class ClipAssemblerTest {
  private static final ClipSettings SETTINGS =
      new ClipSettings(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(30));
  private static final Event EVENT = Sound.event("s." + T, 5_000, 6_000);

  /** The same after the clock was set back at the record 150. */
  private static final Event EVENT_AFTER = Sound.event("s." + (T - 60_000) + ".150", 5_000, 6_000);

  @Test
  void theClipHoldsEachSampleAtItsPlace() {
    Clip clip = clip(EVENT, frames("s", 0, 100));
    assertThat(clip.startMillis()).isEqualTo(T + 3_000);
    assertThat(clip.seconds()).isEqualTo(4);
    assertThat(clip.isWhole()).isTrue();
    assertHeard(clip, "s", 3_000, 7_000);
    assertThat(clip.gaps()).isEmpty();
  }

  @Test
  void framesThatCameTwiceAreThereOnce() {
    List<Frame> frames = new ArrayList<>(frames("s", 0, 60));
    frames.addAll(frames("s", 40, 4_000, 60));
    Clip clip = clip(EVENT, frames);
    assertHeard(clip, "s", 3_000, 7_000);
    assertThat(clip.gaps()).isEmpty();
  }

  @Test
  void floatsAreTheSameSound() {
    List<Frame> frames = new ArrayList<>(frames("s", 0, 100));
    frames.subList(0, 60).replaceAll(Sound::inFloats);
    assertHeard(clip(EVENT, frames), "s", 3_000, 7_000);
  }

  @Test
  void floatsBeyondFullScaleAreClipped() {
    ByteBuffer pcm = ByteBuffer.allocate(4 * 160_000).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 160_000; i++) {
      pcm.putFloat(i % 2 == 0 ? 7 : -7);
    }
    Frame loud = new Frame("yard", "s", 0, T, Encoding.F32LE, pcm.array(), false);
    assertThat(clip(EVENT, List.of(loud)).samples())
        .startsWith(Short.MAX_VALUE, Short.MIN_VALUE)
        .containsOnly(Short.MAX_VALUE, Short.MIN_VALUE);
  }

  @Test
  void lostFramesAreSilentAndListed() {
    List<Frame> frames = new ArrayList<>(frames("s", 0, 100));
    frames.subList(60, 65).clear();
    frames.subList(42, 43).clear();
    Clip clip = clip(EVENT, frames);
    assertThat(clip.gaps()).containsExactly(gap(1_200, 1_300), gap(3_000, 3_500));
    assertThat(clip.gaps().get(0)).hasToString("gap 0.10 s at 1.20 s");
    assertHeard(clip, "s", 3_000, 4_200);
    assertSilent(clip, 4_200, 4_300);
    assertHeard(clip, "s", 4_300, 6_000);
    assertSilent(clip, 6_000, 6_500);
    assertHeard(clip, "s", 6_500, 7_000);
  }

  /** The detector has passed it over, but a clip can still have it. */
  @Test
  void aFrameThatCameLateFillsItsGap() {
    List<Frame> frames = new ArrayList<>(frames("s", 0, 100));
    frames.add(55, frames.remove(45));
    frames.add(80, frames.get(30));
    Clip clip = clip(EVENT, frames);
    assertHeard(clip, "s", 3_000, 7_000);
    assertThat(clip.gaps()).isEmpty();
  }

  @Test
  void anyOrderOfTheSameFramesIsTheSameSound() {
    List<Frame> frames = new ArrayList<>(frames("s", 0, 100));
    for (int from = 0; from < 100; from += 4) {
      Collections.shuffle(frames.subList(from, from + 4), new Random(from));
    }
    Clip clip = clip(EVENT, frames);
    assertHeard(clip, "s", 3_000, 7_000);
    assertThat(clip.gaps()).isEmpty();
  }

  @Test
  void aClipBeginsWhereTheStreamDoesAndEndsWhereItEnds() {
    Clip clip = clip(Sound.event("s." + (T + 4_500), 5_000, 6_000), frames("s", 4_500, 18));
    assertThat(clip.startMillis()).isEqualTo(T + 4_500);
    assertThat(clip.endMillis()).isEqualTo(T + 6_300);
    assertThat(clip.isWhole()).isFalse();
    assertHeard(clip, "s", 4_500, 6_300);
    assertThat(clip.gaps()).isEmpty();
  }

  @Test
  void whereTwoProducersOverlapTheEventsOwnIsHeard() {
    List<Frame> frames = new ArrayList<>(frames("a", 0, 80));
    // Started again, by a clock that is 3.5 s slow.
    frames.addAll(frames("b", 4_500, 50));
    Clip ofB = clip(Sound.event("b." + (T + 4_500), 5_000, 6_000), frames);
    assertHeard(ofB, "a", 3_000, 4_500);
    assertHeard(ofB, "b", 4_500, 7_000);
    Clip ofA = clip(Sound.event("a." + T, 5_000, 6_000), frames);
    assertHeard(ofA, "a", 3_000, 7_000);
  }

  @Test
  void whatADroppedProducerSentFillsGapsOnly() {
    List<Frame> frames = new ArrayList<>(frames("s", 0, 48));
    for (int i = 48; i < 100; i++) {
      frames.addAll(i == 55 || i == 56 ? List.of() : frames("s", i, i * 100L, 1));
      // It has lost the stream to s, which goes on.
      frames.addAll(frames("old", i, i * 100L, 1));
    }
    List<Frame> before = new ArrayList<>(frames("old", 0, -2_000, 20));
    before.addAll(frames);
    Clip clip = clip(EVENT, before);
    assertHeard(clip, "s", 3_000, 5_500);
    assertHeard(clip, "old", 5_500, 5_700);
    assertHeard(clip, "s", 5_700, 7_000);
  }

  /** The name of a run after a clock was set back has the offset of its first record in it. */
  @Test
  void aClockThatWasSetBackBeforeTheEventDoesNotBringTheSoundFromBefore() {
    List<Frame> frames = new ArrayList<>(frames("s", 0, 80));
    for (Frame frame : frames("s", 80, 4_000, 60)) {
      frames.add(later(frame));
    }
    Clip own = clip(Sound.event("s." + (T + 4_000) + ".80", 5_000, 6_000), frames);
    assertHeard(own, "s", 3_000, 4_000);
    assertHeard(own, "later", 4_000, 7_000);
    Clip before = clip(EVENT, frames);
    assertHeard(before, "s", 3_000, 7_000);
  }

  /** 62.5 ms each, and stamps are whole milliseconds. */
  @Test
  void framesOfOddLengthsGiveNoGapsAndNoClicks() {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < 160; i++) {
      frames.add(Sound.frame("s", i, T + i * 1_000 / 16, i * 1_000L, 1_000));
    }
    Clip clip = clip(EVENT, frames);
    assertThat(clip.gaps()).isEmpty();
    assertHeard(clip, "s", 3_000, 7_000);
  }

  @Test
  void anOpenEventsClipGoesAsFarAsThereIsSound() {
    Clip clip = clip(Sound.open(5_000, 6_000), frames("s", 0, 120));
    assertThat(clip.startMillis()).isEqualTo(T + 3_000);
    assertThat(clip.endMillis()).isEqualTo(T + 12_000);
    assertThat(clip.isCut()).isFalse();
  }

  @Test
  void aLongEventsClipIsCut() {
    Clip clip = clip(Sound.event("s." + T, 5_000, 90_000), frames("s", 0, 1_000));
    assertThat(clip.seconds()).isEqualTo(30);
    assertThat(clip.isCut()).isTrue();
    assertHeard(clip, "s", 3_000, 33_000);
  }

  @Test
  void whereThereIsNoSoundThereIsNoClip() {
    assertThat(clip(EVENT, List.of())).isNull();
    assertThat(clip(EVENT, frames("s", 8_000, 50))).isNull();
    assertThat(clip(EVENT, frames("s", 0, 20))).isNull();
  }

  /** Its clock was ahead when it began; then it was set right, and came by the same time again. */
  @Test
  void aRunThatIsSurelyNotTheEventsIsNotTakenForIt() {
    ClipAssembler assembler = assembler(EVENT_AFTER, frames("s", 4_000, 150));
    assertThat(assembler.dropStrangers()).isTrue();
    assertThat(assembler.clip()).isNull();
    assertThat(clip(EVENT_AFTER, frames("s", 4_000, 150))).isNull();
  }

  @Test
  void afterARunThatIsNotTheEventsItsOwnIsHeard() {
    ClipAssembler assembler = assembler(EVENT_AFTER, frames("s", 4_000, 150));
    assembler.dropStrangers();
    // Set back by more than is kept, but the run has its name from there.
    for (Frame frame : frames("s", 150, -60_000, 700)) {
      assembler.add(new KeptFrame(frame.seq(), later(frame)));
    }
    assertHeard(assembler.clip(), "later", 3_000, 7_000);
  }

  /** Its beginning was not read, so nobody knows its name. */
  @Test
  void aRunThatMayBeTheEventsIsTakenForIt() {
    ClipAssembler assembler = assembler(EVENT_AFTER, frames("s", 10, 0, 100));
    assertThat(assembler.dropStrangers()).isFalse();
    assertHeard(assembler.clip(), "s", 3_000, 7_000);
  }

  private static Clip clip(Event event, List<Frame> frames) {
    return assembler(event, frames).clip();
  }

  private static ClipAssembler assembler(Event event, List<Frame> frames) {
    ClipAssembler assembler = new ClipAssembler(event, Span.of(event, SETTINGS));
    Sound.kept(frames).forEach(assembler::add);
    return assembler;
  }

  private static Gap gap(int fromMillis, int toMillis) {
    return new Gap(fromMillis * 16, toMillis * 16);
  }

  /** The same frame with the sound of another session. */
  private static Frame later(Frame frame) {
    long at = (frame.captureMillis() - T) * 16;
    Frame other = Sound.frame("later", 0, 0, at, frame.samples());
    return new Frame(
        "yard",
        frame.session(),
        frame.seq(),
        frame.captureMillis(),
        Encoding.S16LE,
        other.pcm(),
        false);
  }

  private static void assertHeard(Clip clip, String session, long fromMillis, long toMillis) {
    for (long at = fromMillis * 16; at < toMillis * 16; at++) {
      if (at(clip, at) != Sound.sample(session, at)) {
        throw new AssertionError(session + " is not heard at " + at / 16 + " ms");
      }
    }
  }

  private static void assertSilent(Clip clip, long fromMillis, long toMillis) {
    for (long at = fromMillis * 16; at < toMillis * 16; at++) {
      assertThat(at(clip, at)).isZero();
    }
  }

  private static short at(Clip clip, long sample) {
    return clip.samples()[(int) (sample - (clip.startMillis() - T) * 16)];
  }
}
