package io.earshot.detector.segment;

import static io.earshot.detector.segment.FrameOrder.Verdict.CONTINUES;
import static io.earshot.detector.segment.FrameOrder.Verdict.DUPLICATE;
import static io.earshot.detector.segment.FrameOrder.Verdict.NEW_RUN;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.segment.FrameOrder.Verdict;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The last frame is number 9, 1,600 samples at position 14,400, captured at T and over at T+100.
 */
class FrameOrderTest {
  private static final long T = 1_700_000_000_000L;
  private static final int SAMPLES = 1_600;
  private static final long POSITION = 14_400;
  private static final long TAIL = T - 300;
  private static final int NONE = -1;

  @Test
  void theFirstFrameStandsAtZeroWhateverItsNumber() {
    FrameOrder order = new FrameOrder(StreamOwner.first("s"));
    assertThat(order.place(frame("s", 500, T, SAMPLES)).position()).isZero();
    assertThat(order.place(frame("s", NONE, T, SAMPLES)).position()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    // the next one
    "10, 100, CONTINUES, 16000",
    // up to 200 ms late by its clock
    "10, 300, CONTINUES, 16000",
    "10, 301, NEW_RUN, 0",
    // early by its clock: the number decides
    "10, 0, CONTINUES, 16000",
    "10, -200, CONTINUES, 16000",
    // a clock that was set back
    "10, -201, NEW_RUN, 0",
    "10, -3600000, NEW_RUN, 0",
    // one and two frames lost are 100 and 200 ms, three are too many
    "11, 200, CONTINUES, 17600",
    "12, 300, CONTINUES, 19200",
    "13, 300, NEW_RUN, 0",
    "13, 400, NEW_RUN, 0",
    "9223372036854775807, 100, NEW_RUN, 0"
  })
  void aNumberedFrameGoesWhereItsNumberSays(long seq, long millis, Verdict verdict, long position) {
    assertPlace(frame("s", seq, T + millis, SAMPLES), verdict, position);
  }

  @ParameterizedTest
  @CsvSource({
    "9, 0, DUPLICATE",
    "8, -100, DUPLICATE",
    "6, -300, DUPLICATE",
    "5, -400, LATE",
    "0, -900, LATE",
    // numbers that begin again, wrap or stand still while the clock goes on: by time
    "0, 100, CONTINUES",
    "0, 300, CONTINUES",
    "0, 301, NEW_RUN",
    "0, 5000, NEW_RUN",
    "9, 100, CONTINUES"
  })
  void aNumberThatWasThereIsADuplicateOrLateUnlessTheClockWentOn(
      long seq, long millis, Verdict verdict) {
    Frame frame = frame("s", seq, T + millis, SAMPLES);
    assertThat(order(9, SAMPLES).judge(frame, TAIL)).isEqualTo(verdict);
  }

  /** Frames of less than a millisecond end in the millisecond that they begin in. */
  @Test
  void aFrameOfHalfAMillisecondSentTwiceIsADuplicate() {
    FrameOrder order = order(9, 8);
    assertThat(order.judge(frame("s", 9, T, 8), TAIL)).isEqualTo(DUPLICATE);
    assertThat(order.judge(frame("s", 10, T, 8), TAIL)).isEqualTo(CONTINUES);
    assertThat(order.judge(frame("s", 0, T + 1, 8), TAIL)).isEqualTo(CONTINUES);
  }

  /** As after a long, or an integer of other sizes, has come to its end. */
  @ParameterizedTest
  @ValueSource(longs = {255, 65_535, 2_147_483_647, 4_294_967_295L, Long.MAX_VALUE})
  void aNumberThatWrapsContinuesTheRun(long last) {
    FrameOrder order = order(last, SAMPLES);
    Frame next = frame("s", 0, T + 100, SAMPLES);
    assertThat(order.judge(next, TAIL)).isEqualTo(CONTINUES);
    assertThat(order.place(next).position()).isEqualTo(16_000);
    order.accept(order.place(next));
    Frame afterwards = frame("s", 1, T + 200, SAMPLES);
    assertThat(order.judge(afterwards, TAIL)).isEqualTo(CONTINUES);
    assertThat(order.place(afterwards).position()).isEqualTo(17_600);
  }

  @Test
  void anotherSessionIsANewRun() {
    FrameOrder order = order(9, SAMPLES);
    assertThat(order.judge(frame("other", 10, T + 100, SAMPLES), TAIL)).isEqualTo(NEW_RUN);
    assertThat(order.judge(frame("", 10, T + 100, SAMPLES), TAIL)).isEqualTo(NEW_RUN);
  }

  @ParameterizedTest
  @CsvSource({
    // in time; a little late or early is jitter
    "100, CONTINUES, 16000",
    "174, CONTINUES, 16000",
    "30, CONTINUES, 16000",
    // a burst: a buffer that was stamped when it was handed over
    "0, CONTINUES, 16000",
    "-200, CONTINUES, 16000",
    // from three quarters of a frame on, sound is missing: 16 samples a millisecond
    "175, CONTINUES, 17200",
    "200, CONTINUES, 17600",
    "300, CONTINUES, 19200",
    "301, NEW_RUN, 0",
    "60000, NEW_RUN, 0",
    // its place has passed, or the clock was set
    "-201, DUPLICATE, 0",
    "-300, DUPLICATE, 0",
    "-301, LATE, 0",
    "-10000, LATE, 0",
    "-10001, NEW_RUN, 0"
  })
  void aFrameWithoutANumberGoesWhereItsCaptureTimeSays(
      long millis, Verdict verdict, long position) {
    FrameOrder order = order(NONE, SAMPLES);
    Frame frame = frame("s", NONE, T + millis, SAMPLES);
    assertThat(order.judge(frame, TAIL)).isEqualTo(verdict);
    if (verdict == CONTINUES) {
      assertThat(order.place(frame).position()).isEqualTo(position);
    }
  }

  @Test
  void manyFramesOfTheSameMomentFollowEachOther() {
    FrameOrder order = new FrameOrder(StreamOwner.first(""));
    for (int i = 0; i < 50; i++) {
      Frame frame = frame("", NONE, T, 160);
      assertThat(i == 0 ? CONTINUES : order.judge(frame, T)).isEqualTo(CONTINUES);
      assertThat(order.place(frame).position()).isEqualTo(i * 160L);
      order.accept(order.place(frame));
    }
  }

  @Test
  void burstsThatComeASecondApartAreOneRunAndEachFrameHasItsOwnTime() {
    FrameOrder order = new FrameOrder(StreamOwner.first(""));
    for (int i = 0; i < 40; i++) {
      // Ten frames of 100 ms at a time, all stamped when the last of them was handed over.
      Frame frame = frame("", NONE, T + i / 10 * 1_000, SAMPLES);
      assertThat(i == 0 ? CONTINUES : order.judge(frame, T)).isEqualTo(CONTINUES);
      PlacedFrame placed = order.place(frame);
      assertThat(placed.position()).isEqualTo(i * 1_600L);
      assertThat(placed.capturedMillis()).isEqualTo(T + i * 100L);
      order.accept(placed);
    }
  }

  @Test
  void aBurstIsNeverMoreThanTwoSecondsAheadOfItsStamp() {
    FrameOrder order = new FrameOrder(StreamOwner.first(""));
    PlacedFrame placed = null;
    for (int i = 0; i < 30; i++) {
      placed = order.place(frame("", NONE, T, SAMPLES));
      order.accept(placed);
    }
    assertThat(placed.capturedMillis()).isEqualTo(T + 2_000);
  }

  @Test
  void aNumberAmongFramesWithoutOneIsJudgedByTime() {
    Frame numbered = frame("s", 3, T + 100, SAMPLES);
    assertThat(order(NONE, SAMPLES).judge(numbered, TAIL)).isEqualTo(CONTINUES);
    assertThat(order(NONE, SAMPLES).place(numbered).position()).isEqualTo(16_000);
    Frame unnumbered = frame("s", NONE, T + 200, SAMPLES);
    assertThat(order(9, SAMPLES).judge(unnumbered, TAIL)).isEqualTo(CONTINUES);
    assertThat(order(9, SAMPLES).place(unnumbered).position()).isEqualTo(17_600);
  }

  @Test
  void aGapIsCountedInFramesOfTheLastOnesLength() {
    FrameOrder order = order(9, 333); // 20.8 ms: nine of them fit in 200 ms
    Frame afterNine = frame("s", 19, T + 208, 333);
    assertThat(order.judge(afterNine, TAIL)).isEqualTo(CONTINUES);
    assertThat(order.place(afterNine).position()).isEqualTo(POSITION + 10 * 333);
    assertThat(order.judge(frame("s", 20, T + 208, 333), TAIL)).isEqualTo(NEW_RUN);
  }

  private static void assertPlace(Frame frame, Verdict verdict, long position) {
    FrameOrder order = order(9, SAMPLES);
    assertThat(order.judge(frame, TAIL)).isEqualTo(verdict);
    if (verdict == CONTINUES) {
      assertThat(order.place(frame).position()).isEqualTo(position);
    }
  }

  private static FrameOrder order(long seq, int samples) {
    FrameOrder order = new FrameOrder(StreamOwner.first("s"));
    order.accept(new PlacedFrame(POSITION, T, frame("s", seq, T, samples)));
    return order;
  }

  private static Frame frame(String session, long seq, long millis, int samples) {
    return new Frame("door", session, seq, millis, Encoding.S16LE, new byte[2 * samples], false);
  }
}
