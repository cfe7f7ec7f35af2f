package io.earshot.detector.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept, and that another process goes on with it. */
class SegmentTopologyStateTest extends SegmentTopologyFixture {
  /** A frame is written and deleted once; what stays is the tail that the next segment needs. */
  @Test
  void onlyTheFramesThatAreStillNeededAreKept() {
    List<Frame> frames = frames("door", "s", new short[20 * HOP]);
    for (Frame frame : frames.subList(0, frames.size() - 1)) {
      send(List.of(frame));
      // 15,600 samples touch at most eleven frames of 1,600.
      assertThat(stored(SegmentTopology.FRAME_STORE)).isBetween(1, 11);
      assertThat(stored(SegmentTopology.RUN_STORE)).isEqualTo(1);
    }
    send(List.of(frames.get(frames.size() - 1)));
    assertThat(stored(SegmentTopology.FRAME_STORE)).isZero();
    assertThat(stored(SegmentTopology.RUN_STORE)).isZero();
  }

  @Test
  void aStreamThatChangesItsRunLeavesNothingBehind() {
    for (String session : List.of("a", "b", "c")) {
      send(frames("door", session, new short[30_000]).subList(0, 18));
    }
    assertThat(counts.seen).contains("gap").doesNotContain("other_session");
    assertThat(stored(SegmentTopology.FRAME_STORE)).isLessThanOrEqualTo(11);
    assertThat(stored(SegmentTopology.RUN_STORE)).isEqualTo(1);
    send(List.of(new Frame("door", "c", 18, T + 1800, Encoding.S16LE, new byte[0], true)));
    assertThat(stored(SegmentTopology.FRAME_STORE)).isZero();
    assertThat(stored(SegmentTopology.RUN_STORE)).isZero();
  }

  /** The stores alone, as a changelog brings them back, hold all that the next process needs. */
  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 11, 24, 30, 49, 50})
  void anotherProcessGoesOnBitForBit(int restartAt) throws Exception {
    List<Frame> frames = frames("door", "s", golden("dog.wav").pcm());
    frames.subList(26, 28).clear();
    frames.add(12, frames.get(11));
    send(frames);
    List<List<Object>> whole = content(patches.readRecordsToList());
    send(frames.subList(0, restartAt));
    List<List<Object>> parts = new ArrayList<>(content(patches.readRecordsToList()));
    reopen(HOP);
    send(frames.subList(restartAt, frames.size()));
    parts.addAll(content(patches.readRecordsToList()));
    assertThat(parts).isEqualTo(whole).hasSize(6);
    assertThat(stored(SegmentTopology.FRAME_STORE)).isZero();
  }

  @Test
  void aChangedHopBeginsANewRunAndForgetsTheOld() {
    List<Frame> frames = frames("door", "s", new short[32_000]);
    send(frames.subList(0, 12));
    assertThat(headers(patches.readRecord())).contains("session=s.1700000000000");
    reopen(HOP / 2);
    send(frames.subList(12, 20));
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    assertThat(headers(out.get(0))).contains("session=s.1700000001200", "index=0");
    assertThat(stored(SegmentTopology.FRAME_STORE)).isZero();
    assertThat(stored(SegmentTopology.RUN_STORE)).isZero();
  }

  @Test
  void anEndAfterAChangedHopLeavesNothingBehind() {
    List<Frame> frames = frames("door", "s", new short[32_000]);
    send(frames.subList(0, 12));
    patches.readRecordsToList();
    reopen(HOP / 2);
    send(List.of(new Frame("door", "s", 12, T + 1200, Encoding.S16LE, new byte[0], true)));
    assertEnd(patches.readRecord(), "s");
    assertThat(stored(SegmentTopology.FRAME_STORE)).isZero();
    assertThat(stored(SegmentTopology.RUN_STORE)).isZero();
  }

  @Test
  void aTaskThatGoesElsewhereSaysWhichStreamsGoWithIt() {
    List<Frame> door = frames("door", "s", new short[4 * FRAME]);
    send(door);
    send(frames("yard", "s", new short[4 * FRAME]).subList(0, 3));
    driver.close();
    open(HOP);
    assertThat(counts.seen).contains("yard left").doesNotContain("door left");
  }
}
