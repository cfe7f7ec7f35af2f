package io.earshot.detector.segment;

import static io.earshot.detector.segment.FrameStage.T;
import static io.earshot.detector.segment.FrameStage.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Capture clocks that are wrong, set, or have just begun: what is heard, and what is counted. */
class CaptureClockTest {
  private final FrameStage stage = new FrameStage();

  @AfterEach
  void close() {
    stage.close();
  }

  /** It counts from its start, learns the time after 3 s, and its sound has not stopped. */
  @Test
  void aDeviceThatLearnsTheTimeIsHeardBeforeAndAfter() {
    send("s", 0, 30, 2_000);
    send("s", 30, 60, T);
    List<TestRecord<String, byte[]>> out = stage.patches();
    // 48,000 samples are three segments, which need 46,320; what is left is less than half a hop.
    assertThat(out).hasSize(3 + 3);
    assertThat(text(out.get(0))).contains("session=s.2000.0 ", "start=2000000 ");
    // The 30th frame was captured at T, were the clock right from the beginning.
    assertThat(text(out.get(3))).contains("session=s." + (T + 3_000), "index=0");
    assertThat(stage.count("clock forward")).isOne();
    assertThat(stage.count("taken")).isEqualTo(60);
  }

  @Test
  void aClockThatGoesBackAndForthCostsNoSoundAndEachStepIsCounted() {
    send("s", 0, 20, T);
    send("s", 20, 40, T - 1_500);
    send("s", 40, 60, T + 700);
    send("s", 60, 80, T);
    assertThat(stage.count("taken")).isEqualTo(80);
    assertThat(stage.count("clock backward")).isEqualTo(2);
    assertThat(stage.count("clock forward")).isOne();
    assertThat(stage.count("gaps")).isEqualTo(3);
    // Each run is of 32,000 samples, of which two segments need 30,960.
    assertThat(stage.patches()).hasSize(4 * 2);
  }

  @Test
  void jitterOf200MsIsNoStep() {
    for (int i = 0; i < 100; i++) {
      stage.send(frame("door", "s", i, T + i * 100L + (i % 3 - 1) * 100L));
    }
    assertThat(stage.count("gaps")).isZero();
    assertThat(stage.count("taken")).isEqualTo(100);
  }

  /** The event stage takes a run and an index for a segment that it has seen. */
  @Test
  void aDeviceThatAlwaysBeginsAtTheSameTimeNeverNamesTwoRunsAlike() {
    for (int boot = 0; boot < 3; boot++) {
      for (int i = 0; i < 12; i++) {
        stage.send(frame("door", "", i, 1_234 + i * 100L));
      }
      stage.pass(FrameStage.TIMEOUT.plusSeconds(1));
      stage.pass(FrameStage.TIMEOUT.plusSeconds(1));
    }
    assertThat(stage.patches().stream().filter(patch -> patch.value().length > 0))
        .extracting(patch -> text(patch).split(" ")[1])
        .containsExactly("session=1234.0", "session=1234.12", "session=1234.24");
  }

  /** It would be refused for ever: the run's last number is far ahead, and its time by decades. */
  @Test
  void aDeviceThatBootsWithinTheTimeoutIsHeardAgain() {
    for (int i = 0; i < 100; i++) {
      stage.send(frame("door", "", i, T + i * 100L));
    }
    for (int i = 0; i < 50; i++) {
      stage.send(frame("door", "", i, 1_234 + i * 100L));
      stage.pass(Duration.ofMillis(100));
    }
    assertThat(stage.count("dropped late")).isEqualTo(21);
    assertThat(stage.count("clock backward")).isOne();
    assertThat(stage.count("taken")).isEqualTo(100 + 29);
  }

  /** Each frame is a second long; a run that rests would forget how many it has refused. */
  @Test
  void framesOfASecondAreCountedOverSecondsToo() {
    for (int i = 0; i < 100; i++) {
      stage.send(second(i, T + i * 1_000L));
    }
    for (int i = 0; i < 10; i++) {
      stage.send(second(i, 1_234 + i * 1_000L));
      stage.pass(Duration.ofSeconds(1));
    }
    assertThat(stage.count("dropped late")).isEqualTo(3);
    assertThat(stage.count("taken")).isEqualTo(100 + 7);
  }

  private static Frame second(long seq, long millis) {
    byte[] pcm = FrameStage.noise("door", seq, 16_000);
    return new Frame("door", "", seq, millis, Encoding.S16LE, pcm, false);
  }

  /**
   * Frames whose number is from {@code from} to {@code to}, on a clock that was at 0 at number 0.
   */
  private void send(String session, int from, int to, long clock) {
    for (int i = from; i < to; i++) {
      stage.send(frame("door", session, i, clock + i * 100L));
    }
  }

  private static String text(TestRecord<String, byte[]> patch) {
    return FrameStage.content(patch);
  }
}
