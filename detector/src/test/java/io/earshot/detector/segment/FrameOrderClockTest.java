package io.earshot.detector.segment;

import static io.earshot.detector.segment.FrameOrder.ClockStep.BACKWARD;
import static io.earshot.detector.segment.FrameOrder.Verdict.CONTINUES;
import static io.earshot.detector.segment.FrameOrder.Verdict.DUPLICATE;
import static io.earshot.detector.segment.FrameOrder.Verdict.LATE;
import static io.earshot.detector.segment.FrameOrder.Verdict.NEW_RUN;
import static io.earshot.detector.segment.FrameOrder.Verdict.OTHER_SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.segment.FrameOrder.ClockStep;
import io.earshot.detector.segment.FrameOrder.Verdict;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Clocks that are set, or wrong. Frames are of 100 ms; the last one is number 900, captured at T.
 */
class FrameOrderClockTest {
  private static final long T = 1_700_000_000_000L;
  private static final long LAST = 900;
  private static final int NONE = -1;

  @ParameterizedTest
  @CsvSource({
    // a frame that follows by its number
    "901, 100, ",
    "901, 300, ",
    "901, 301, FORWARD",
    "901, 3600000, FORWARD",
    "901, -101, BACKWARD",
    "901, -1700000000000, BACKWARD",
    // three frames are missing, and the time that they took
    "904, 400, ",
    "904, 600, ",
    "904, 601, FORWARD",
    "904, 199, ",
    "904, -101, BACKWARD",
    // numbers that begin again: a clock that begins with them, or an hour's pause
    "0, 3600000, ",
    "0, -1700000000000, BACKWARD",
    "0, 86400101, FORWARD"
  })
  void aNumberTellsAClockThatWasSetFromAGap(long seq, long millis, ClockStep step) {
    assertThat(order("s", LAST).clockStep(frame("s", seq, T + millis))).isEqualTo(step);
  }

  @ParameterizedTest
  @CsvSource({"3600000, ", "86400100, ", "86400101, FORWARD", "-10001, BACKWARD"})
  void withoutNumbersAStepForwardIsAGapUnlessItIsLongerThanADay(long millis, ClockStep step) {
    assertThat(order("", NONE).clockStep(frame("", NONE, T + millis))).isEqualTo(step);
  }

  /** Two machines' clocks differ by seconds; a device that has not been told the time, by years. */
  @ParameterizedTest
  @CsvSource({"0, 5000, ", "0, -9900, ", "0, -9901, BACKWARD", "0, 90000000, FORWARD"})
  void anotherSessionsClockMayDifferByTenSeconds(long seq, long millis, ClockStep step) {
    assertThat(order("s", LAST).clockStep(frame("t", seq, T + millis))).isEqualTo(step);
  }

  /** Five seconds: too little to be sure at once, and too much to be deaf until it is there. */
  @Test
  void withoutNumbersAClockSetBackByFiveSecondsCostsTwo() {
    FrameOrder order = order("", NONE);
    long set = T + 100 - 5_000;
    for (int i = 0; i < 21; i++) {
      Frame frame = frame("", NONE, set + i * 100);
      assertThat(order.judge(frame, T)).as("frame %d", i).isEqualTo(LATE);
    }
    Frame next = frame("", NONE, set + 2_100);
    assertThat(order.judge(next, T)).isEqualTo(NEW_RUN);
    assertThat(order.clockStep(next)).isEqualTo(BACKWARD);
  }

  /** One that has been sent twice is no step, even if it is 1.9 s long. */
  @Test
  void aBatchThatWasSentTwiceIsDropped() {
    FrameOrder order = order("", NONE);
    for (int time = 1; time < 4; time++) {
      for (int i = 0; i < 19; i++) {
        Frame again = frame("", NONE, T - 2_300 + i * 100);
        assertThat(order.judge(again, T - 5_000)).isEqualTo(DUPLICATE);
      }
      Frame next = frame("", NONE, T + time * 100);
      assertThat(order.judge(next, T - 5_000)).isEqualTo(CONTINUES);
      accept(order, next);
    }
  }

  /** Twenty seconds of them, but with frames between that go on: another, slower clock. */
  @Test
  void lateFramesAmongOthersNeverBeginARun() {
    FrameOrder order = order("", NONE);
    for (int i = 1; i < 200; i++) {
      assertThat(order.judge(frame("", NONE, T - 5_000 + i * 100), T + i * 100L)).isEqualTo(LATE);
      accept(order, frame("", NONE, T + i * 100));
    }
  }

  @Test
  void lateFramesThatDoNotFollowOneAnotherNeverBeginARun() {
    FrameOrder order = order("", NONE);
    for (int i = 0; i < 200; i++) {
      assertThat(order.judge(frame("", NONE, T - 9_000 + i % 2 * 500), T)).isEqualTo(LATE);
    }
  }

  /** No session, numbers from 0, a clock from 1970: until the time comes, and not for hours. */
  @Test
  void aDeviceThatBeganAnewIsHeardAfterTwoSeconds() {
    FrameOrder order = order("", LAST);
    for (int i = 0; i < 21; i++) {
      assertThat(order.judge(frame("", i, 2_000 + i * 100L), T)).as("frame %d", i).isEqualTo(LATE);
    }
    Frame next = frame("", 21, 4_100);
    assertThat(order.judge(next, T)).isEqualTo(NEW_RUN);
    assertThat(order.clockStep(next)).isEqualTo(BACKWARD);
  }

  /** The minute that a producer sends again has the numbers that it had. */
  @Test
  void aMinuteThatIsSentAgainIsDropped() {
    FrameOrder order = order("s", LAST);
    for (int i = 600; i >= 0; i--) {
      Verdict verdict = order.judge(frame("s", LAST - i, T - i * 100L), T - 1_000);
      assertThat(verdict).isEqualTo(i > 10 ? LATE : DUPLICATE);
    }
    assertThat(order.judge(frame("s", LAST + 1, T + 100), T)).isEqualTo(CONTINUES);
  }

  /** The owner had been heard for less than a second when it went; the other's clock is 1970's. */
  @Test
  void anOwnerThatIsGoneYieldsAfterASecondOfAnotherWhoseClockIsBehind() {
    FrameOrder order = new FrameOrder(StreamOwner.first("gone"));
    accept(order, frame("gone", 0, T));
    for (int i = 0; i < 11; i++) {
      Frame frame = frame("new", i, 2_000 + i * 100L);
      assertThat(order.judge(frame, T)).as("frame %d", i).isEqualTo(OTHER_SESSION);
    }
    assertThat(order.judge(frame("new", 11, 3_100), T)).isEqualTo(NEW_RUN);
  }

  @Test
  void anOwnerThatGoesOnYieldsToNobodyWhoseClockIsBehind() {
    FrameOrder order = new FrameOrder(StreamOwner.first("a").passTo("b"));
    accept(order, frame("b", 0, T));
    for (int i = 1; i < 100; i++) {
      assertThat(order.judge(frame("a", i, T - 60_000 + i * 100L), T)).isEqualTo(OTHER_SESSION);
      accept(order, frame("b", i, T + i * 100L));
    }
  }

  /**
   * A day of frames whose stamps say 99.99 ms each: reckoned by samples alone, the time would have
   * run 8.6 s ahead of the stamps.
   */
  @ParameterizedTest
  @CsvSource({"-100", "100", "-2000", "2000"})
  void aClockThatDriftsIsFollowed(long partsPerMillion) {
    FrameOrder order = new FrameOrder(StreamOwner.first(""));
    long worst = 0;
    for (int i = 0; i < 864_000; i++) {
      long stamp = T + i * (100_000_000L + 100 * partsPerMillion) / 1_000_000;
      Frame frame = frame("", NONE, stamp);
      assertThat(i == 0 ? CONTINUES : order.judge(frame, T)).isEqualTo(CONTINUES);
      PlacedFrame placed = order.place(frame);
      assertThat(placed.position()).isEqualTo(i * 1_600L);
      worst = Math.max(worst, Math.abs(placed.capturedMillis() - stamp));
      order.accept(placed);
    }
    assertThat(worst).isLessThanOrEqualTo(1);
  }

  private static void accept(FrameOrder order, Frame frame) {
    order.accept(order.place(frame));
  }

  private static FrameOrder order(String session, long seq) {
    FrameOrder order = new FrameOrder(StreamOwner.first(session));
    order.accept(new PlacedFrame(LAST * 1_600, T, frame(session, seq, T)));
    return order;
  }

  private static final byte[] PCM = new byte[3_200];

  private static Frame frame(String session, long seq, long millis) {
    return new Frame("door", session, seq, millis, Encoding.S16LE, PCM, false);
  }
}
