package io.earshot.detector.segment;

import static io.earshot.detector.segment.FrameStage.T;
import static io.earshot.detector.segment.FrameStage.TIMEOUT;
import static io.earshot.detector.segment.FrameStage.content;
import static io.earshot.detector.segment.FrameStage.end;
import static io.earshot.detector.segment.FrameStage.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams that fall silent, come back, and are fought over. */
class StreamTimeoutTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private FrameStage stage = new FrameStage();

  @AfterEach
  void close() {
    stage.close();
  }

  /** 700 ms are 11,200 of the 15,600 samples of a patch: 0.7179. */
  @Test
  void aStreamThatFallsSilentIsFinishedAsAtAnEnd() {
    send("door", "s", 0, 7);
    stage.pass(TIMEOUT.minusMillis(1));
    assertThat(stage.patches()).isEmpty();
    stage.pass(SECOND);
    List<String> out = contents();
    assertThat(out).hasSize(2);
    assertThat(out.get(0))
        .startsWith("door@" + T + " session=s." + T + " index=0")
        .contains("0.7179");
    assertThat(out.get(1)).startsWith("door@" + (T + 600) + " session=s." + T + " end=silent");
    assertThat(stage.stored()).isZero();
    assertThat(stage.count("timed out")).isOne();
  }

  @Test
  void aFrameAfterTheTimeoutStartsANewRun() {
    send("door", "s", 0, 7);
    stage.pass(TIMEOUT.plus(SECOND));
    stage.patches();
    send("door", "s", 7, 17);
    assertThat(contents()).singleElement().asString().contains("session=s." + (T + 700));
  }

  @Test
  void frameAfterFrameKeepsAStreamAliveAndDroppedOnesDoNot() {
    for (int i = 0; i < 5; i++) {
      send("door", "s", i, i + 1);
      stage.pass(TIMEOUT.minus(SECOND));
    }
    assertThat(stage.count("timed out")).isZero();
    send("door", "s", 0, 5);
    stage.pass(SECOND);
    assertThat(stage.count("dropped duplicate")).isEqualTo(5);
    assertThat(stage.count("timed out")).isOne();
  }

  @Test
  void aStreamThatHasEndedDoesNotTimeOut() {
    send("door", "s", 0, 7);
    stage.send(end("door", "s", 7, T + 700));
    assertThat(stage.stored()).isZero();
    assertThat(stage.patches()).hasSize(2);
    stage.pass(TIMEOUT.plus(SECOND));
    assertThat(stage.patches()).isEmpty();
  }

  /** The store alone is what another process has left. */
  @Test
  void aStreamOfAnotherProcessTimesOutToo() {
    send("door", "s", 0, 7);
    FrameStage before = stage;
    stage = new FrameStage();
    for (String name : List.of(SegmentTopology.FRAME_STORE, SegmentTopology.RUN_STORE)) {
      try (var all = before.driver.getKeyValueStore(name).all()) {
        all.forEachRemaining(e -> stage.driver.getKeyValueStore(name).put(e.key, e.value));
      }
    }
    before.close();
    stage.pass(SECOND);
    stage.pass(TIMEOUT.minusMillis(1));
    assertThat(stage.patches()).isEmpty();
    stage.pass(SECOND);
    assertThat(stage.patches()).hasSize(2);
    assertThat(stage.stored()).isZero();
  }

  /** Left by a crash between two changelogs under at_least_once. */
  @Test
  void aRunWithoutFramesIsForgottenAndTheStreamBeginsAnew() {
    stage.driver.getKeyValueStore(SegmentTopology.RUN_STORE).put("door", "s s.5 15360 7");
    stage.driver.getKeyValueStore(SegmentTopology.RUN_STORE).put("gate", "s s.5 15360 7 ,a");
    send("door", "s", 0, 10);
    assertThat(contents()).singleElement().asString().contains("session=s." + T);
    for (int i = 0; i < 3; i++) {
      stage.pass(TIMEOUT);
    }
    assertThat(stage.stored()).isZero();
  }

  @Test
  void streamsThatRestOutOfMemoryGoOnBitForBit() {
    List<String> once = new ArrayList<>();
    try (FrameStage other = new FrameStage()) {
      for (int i = 0; i < 40; i++) {
        other.send(frame("door", "s", i, T + i * 100L));
      }
      other.patches().forEach(patch -> once.add(content(patch)));
    }
    for (int i = 0; i < 40; i++) {
      send("door", "s", i, i + 1);
      stage.pass(Duration.ofSeconds(i % 5));
    }
    assertThat(contents()).isEqualTo(once).hasSize(4);
  }

  @Test
  void tenThousandStreamsAllLeave() {
    for (int i = 0; i < 10_000; i++) {
      // One in ten has enough for a patch.
      byte[] pcm = FrameStage.noise("s", i, i % 10 == 0 ? 800 : 100);
      stage.send(new Frame("s" + i, "", -1, T, Encoding.S16LE, pcm, false));
      if (i % 100 == 0) {
        stage.pass(Duration.ofMillis(600));
      }
    }
    assertThat(stage.count("taken")).isEqualTo(10_000);
    for (int i = 0; i < 61 + 20; i++) {
      stage.pass(SECOND);
    }
    assertThat(stage.stored()).isZero();
    assertThat(stage.count("timed out")).isEqualTo(10_000);
    assertThat(stage.patches()).hasSize(1_000 + 10_000);
  }

  /** A run in memory has rows, a patch and more, some 60 kB; in the stores it has its frames. */
  @Test
  void aStreamThatRestsTakesLittleMoreThanItsFrames() {
    int streams = 1_000;
    stage.send(frame("first", "s", 0, T));
    stage.pass(SECOND);
    long before = heap();
    for (int i = 0; i < streams; i++) {
      stage.send(frame("s" + i, "s", 0, T));
    }
    stage.pass(Duration.ZERO);
    long awake = (heap() - before) / streams;
    for (int i = 0; i < 4; i++) {
      stage.pass(SECOND);
    }
    long resting = (heap() - before) / streams;
    assertThat(stage.count("timed out")).isZero();
    assertThat(resting).isLessThan(10_000);
    assertThat(awake).isGreaterThan(3 * resting);
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void twoProducersOnOneIdGiveTheStreamOfTheNewerOne() {
    for (int i = 0; i < 15; i++) {
      stage.send(frame("door", "old", i, T + i * 100L));
    }
    for (int i = 15; i < 100; i++) {
      stage.send(frame("door", "old", i, T + i * 100L));
      stage.send(frame("door", "new", i - 15, T + i * 100L + 30));
    }
    // 1.6 s of the old one, of which a patch and the rest of 0.64 s; 8.5 s of the new one.
    List<TestRecord<String, byte[]>> out = stage.patches();
    assertThat(out).hasSize(2 + 8);
    assertThat(out.subList(2, 10))
        .allSatisfy(p -> assertThat(content(p)).contains("new." + (T + 1_530)));
    assertThat(stage.count("gaps")).isOne();
    assertThat(stage.count("dropped other_session")).isEqualTo(84);
    stage.send(end("door", "old", 100, T + 10_000));
    assertThat(stage.patches()).isEmpty();
    assertThat(stage.stored()).isPositive();
  }

  /**
   * The stray frame is over at 2.1 s, so the stream's own are taken again from 3.1 s on: 46,400
   * samples, of which the third patch needs 46,320.
   */
  @Test
  void aStrayFrameOfAnotherSessionCostsASecond() {
    send("door", "s", 0, 20);
    stage.send(frame("door", "stray", 0, T + 2_000));
    send("door", "s", 20, 60);
    assertThat(stage.count("dropped other_session")).isEqualTo(11);
    assertThat(contents()).last().asString().contains("session=s." + (T + 3_100), "index=2");
  }

  @Test
  void aSessionForEveryFrameMakesOnePatchASecond() {
    for (int i = 0; i < 100; i++) {
      stage.send(frame("door", "s" + i, 0, T + i * 100L));
    }
    // A frame, then 1 s from its end to the next that is taken: every 1.1 s.
    assertThat(stage.count("taken")).isEqualTo(10);
    assertThat(stage.count("dropped other_session")).isEqualTo(90);
  }

  @Test
  void framesOfLessThanAWindowFarApartMakeNoPatches() {
    for (int i = 0; i < 100; i++) {
      byte[] pcm = FrameStage.noise("door", i, i % 2 == 0 ? 1 : 399);
      stage.send(new Frame("door", "s", i, T + i * 1_000L, Encoding.S16LE, pcm, false));
    }
    assertThat(stage.patches()).isEmpty();
    assertThat(stage.count("taken")).isEqualTo(100);
    assertThat(stage.stored()).isEqualTo(2);
  }

  private List<String> contents() {
    return stage.patches().stream().map(FrameStage::content).toList();
  }

  private void send(String stream, String session, int from, int to) {
    for (int i = from; i < to; i++) {
      stage.send(frame(stream, session, i, T + i * 100L));
    }
  }
}
