package io.earshot.detector.segment;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** The replay says what the segment stage has done with the same records. */
class RunReplayTest extends SegmentTopologyFixture {
  @Test
  void runsAreNamedAsTheSegmentStageNamesThem() {
    List<Frame> frames = new ArrayList<>(seconds("a", 0, 0, 3));
    // Lost frames, a clock that is set back, another producer, an end, and a stream from 1970.
    frames.addAll(seconds("a", 40, 4_000, 3));
    frames.addAll(seconds("a", 70, 2_000, 3));
    frames.addAll(seconds("b", 0, 3_000, 3));
    frames.add(new Frame("yard", "b", 30, T + 6_000, Encoding.S16LE, new byte[0], true));
    frames.addAll(seconds("c", 0, -T + 5_000, 3));
    send(frames);

    Set<String> named = new LinkedHashSet<>();
    for (TestRecord<String, byte[]> patch : patches.readRecordsToList()) {
      named.add(new String(patch.headers().lastHeader("session").value(), US_ASCII));
    }
    RunReplay replay = new RunReplay();
    Set<String> replayed = new LinkedHashSet<>();
    for (int i = 0; i < frames.size(); i++) {
      RunReplay.Place place = replay.add(frames.get(i), i);
      if (place != null) {
        replayed.add(replay.name(place.run()));
      }
    }
    assertThat(named).hasSize(5);
    assertThat(replayed).containsExactlyElementsOf(named);
  }

  @Test
  void whatTheSegmentStageDropsHasNoPlace() {
    List<Frame> frames = new ArrayList<>(seconds("a", 0, 0, 2));
    frames.add(frames.get(19));
    frames.add(frames.get(2));
    frames.addAll(seconds("b", 0, 2_000, 1));
    frames.addAll(seconds("a", 20, 2_000, 1).subList(0, 5));
    send(frames);
    long dropped =
        counts.seen.stream().filter(Set.of("duplicate", "late", "other_session")::contains).count();
    RunReplay replay = new RunReplay();
    List<Integer> without = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      if (replay.add(frames.get(i), i) == null) {
        without.add(i);
      }
    }
    assertThat(dropped).isEqualTo(7);
    assertThat(without).containsExactly(20, 21, 32, 33, 34, 35, 36);
  }

  /** Frames of 100 ms. */
  private static List<Frame> seconds(String session, int seq, long millis, int seconds) {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < seconds * 10; i++) {
      frames.add(
          new Frame(
              "yard",
              session,
              seq + i,
              T + millis + i * 100L,
              Encoding.S16LE,
              new byte[2 * FRAME],
              false));
    }
    return frames;
  }
}
