package io.earshot.detector.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** What becomes of frames that a producer sends again after a crash, as its spool orders them. */
class SentTwiceTest extends SegmentTopologyFixture {
  @Test
  void aStretchOfTheSessionThatIsSentAgainIsHeardOnce() throws Exception {
    List<Frame> frames = frames("door", "a", golden("dog.wav").pcm());
    send(frames);
    List<List<Object>> once = content(patches.readRecordsToList());
    counts.seen.clear();
    List<Frame> twice = new ArrayList<>(frames.subList(0, 35));
    twice.addAll(frames.subList(15, frames.size()));
    send(twice);
    assertThat(content(patches.readRecordsToList())).isEqualTo(once).hasSize(6);
    assertThat(counts.seen.stream().filter(it -> it.equals("duplicate") || it.equals("late")))
        .hasSize(20);
  }

  /** All before an end is noted as sent before the end is. */
  @Test
  void anEndThatIsSentAgainIsNotHeardAgain() throws Exception {
    for (int hop : new int[] {HOP, HOP / 2, HOP / 4}) {
      driver.close();
      open(hop);
      List<Frame> frames = frames("door", "a", golden("dog.wav").pcm());
      send(frames);
      List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
      send(frames.subList(frames.size() - 1, frames.size()));
      assertThat(out.stream().filter(record -> record.value().length > 0)).isNotEmpty();
      assertThat(patches.readRecordsToList()).allMatch(record -> record.value().length == 0);
    }
  }

  @Test
  void aSessionOfAnEarlierProcessComesFirstAndNothingIsDropped() {
    List<Frame> earlier = frames("door", "a", new short[40_000]).subList(0, 20);
    send(earlier);
    send(later(frames("door", "b", new short[40_000]), 5_000));
    assertThat(counts.seen.stream().filter("frame"::equals)).hasSize(45);
    assertThat(counts.seen).doesNotContain("other_session", "late", "duplicate");
  }

  /** Why a stream's live frames wait behind its spooled ones. */
  @Test
  void behindALaterSessionAnEarlierOneWouldBeDroppedOrHeardAgain() {
    List<Frame> earlier = frames("door", "a", new short[80_000]).subList(0, 45);
    send(earlier.subList(0, 10));
    send(later(frames("door", "b", new short[40_000]).subList(0, 20), 5_000));
    patches.readRecordsToList();
    counts.seen.clear();
    send(earlier.subList(10, 45));
    assertThat(counts.seen).contains("other_session");
    assertThat(patches.readRecordsToList()).isNotEmpty();
  }

  private static List<Frame> later(List<Frame> frames, long millis) {
    return frames.stream()
        .map(
            it ->
                new Frame(
                    it.stream(),
                    it.session(),
                    it.seq(),
                    it.captureMillis() + millis,
                    Encoding.S16LE,
                    it.pcm(),
                    it.end()))
        .toList();
  }
}
