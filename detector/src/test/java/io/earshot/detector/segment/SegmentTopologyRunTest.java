package io.earshot.detector.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** What breaks a run, and what does not. */
class SegmentTopologyRunTest extends SegmentTopologyFixture {
  @Test
  void duplicatesAndLateFramesAreDroppedAndCounted() throws Exception {
    List<Frame> frames = frames("door", "s", golden("dog.wav").pcm());
    send(frames);
    List<List<Object>> once = content(patches.readRecordsToList());
    counts.seen.clear();
    List<Frame> unruly = new ArrayList<>(frames);
    unruly.add(30, frames.get(29));
    unruly.add(40, frames.get(3));
    send(unruly);
    assertThat(content(patches.readRecordsToList())).isEqualTo(once).hasSize(6);
    assertThat(counts.seen).containsOnlyOnce("duplicate", "late").doesNotContain("gap");
  }

  @Test
  void aGapOf200MsStaysInTheRunAndLowersCoverage() {
    List<Frame> frames = frames("door", "s", new short[31_200]);
    frames.subList(4, 6).clear();
    send(frames);
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    assertThat(out).hasSize(3);
    // 3,200 of 15,600 samples are missing.
    assertThat(headers(out.get(0))).contains("index=0", "coverage=0.7949");
    assertThat(headers(out.get(1))).contains("index=1", "coverage=1.0000");
  }

  @Test
  void aLongerGapEndsTheRunAndBeginsAnother() {
    List<Frame> frames = frames("door", "s", new short[48_000]);
    frames.subList(12, 15).clear();
    send(frames);
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    // 19,200 samples before: the 3,600 that no patch had heard are less than half a hop.
    // 24,000 after, from 1.5 s on: 8,400 are more.
    assertThat(out).hasSize(4);
    assertThat(headers(out.get(0))).contains("session=s.1700000000000", "index=0");
    assertThat(headers(out.get(1)))
        .contains("session=s.1700000001500", "index=0", "start=1700000001500000");
    assertThat(headers(out.get(2))).contains("session=s.1700000001500", "index=1");
    assertEnd(out.get(3), "s.1700000001500");
    assertThat(counts.seen).containsOnlyOnce("gap");
  }

  @Test
  void anotherSessionFinishesTheOneBefore() {
    send(frames("door", "a", new short[32_000]).subList(0, 10));
    send(frames("door", "b", new short[8_000]));
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    assertThat(out).hasSize(3);
    assertThat(headers(out.get(0))).contains("session=a.1700000000000", "coverage=1.0000");
    assertThat(headers(out.get(1))).contains("session=b.1700000000000", "coverage=0.5128");
    assertEnd(out.get(2), "b.1700000000000");
  }

  @Test
  void theEndOfAnOlderSessionDoesNotEndTheNewOne() {
    send(frames("door", "a", new short[8_000]));
    List<Frame> frames = frames("door", "b", new short[16_000]);
    send(frames.subList(0, 5));
    patches.readRecordsToList();
    send(List.of(new Frame("door", "a", 5, T + 500, Encoding.S16LE, new byte[0], true)));
    assertThat(patches.isEmpty()).isTrue();
    assertThat(counts.seen).containsOnlyOnce("late");
    send(frames.subList(5, 10));
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    assertThat(headers(out.get(0))).contains("session=b.1700000000000", "coverage=1.0000");
  }
}
