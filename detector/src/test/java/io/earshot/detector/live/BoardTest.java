package io.earshot.detector.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.event.LoudSoundRules;
import io.earshot.models.feature.Envelope;
import io.earshot.models.feature.Segment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final long T = 1_700_000_000_000L;
  private static final Envelope QUIET = Envelope.parse("78".repeat(24));

  private final Board board = new Board(960, LoudSoundRules.DEFAULT);

  @Test
  void aStreamIsWhatItsLastSegmentIs() {
    board.heard("yard", segment(0), T + 960);
    StreamState yard = states(T + 1_000).get(0);
    assertThat(yard)
        .isEqualTo(
            new StreamState(
                "yard", "2023-11-14T22:13:20.960Z", false, -63.2, -60, null, 0.5, List.of("dog")));
  }

  /** Its 40 ms have -60 dBFS for three seconds, which is what it takes. */
  @Test
  void theNoiseFloorIsKnownWhenItIsLearnt() {
    for (int i = 0; i < 3; i++) {
      board.heard("yard", segment(i), T);
    }
    assertThat(states(T).get(0).noiseFloorDbfs()).isNull();
    board.heard("yard", segment(3), T);
    assertThat(states(T).get(0).noiseFloorDbfs()).isEqualTo(-60);
  }

  @Test
  void whatHasEndedOrIsNotHeardForSecondsIsSilent() {
    board.heard("yard", segment(0), T);
    assertThat(states(T + Board.SILENT_MILLIS).get(0).silent()).isFalse();
    assertThat(states(T + Board.SILENT_MILLIS + 1).get(0).silent()).isTrue();
    board.frame("yard", T * 1_000 + 7_000_000, T + 7_000);
    StreamState again = states(T + Board.SILENT_MILLIS + 1).get(0);
    assertThat(again.silent()).isFalse();
    assertThat(again.lastFrame()).isEqualTo("2023-11-14T22:13:27Z");
    board.ended("yard");
    assertThat(states(T).get(0).silent()).isTrue();
    board.heard("yard", segment(9), T);
    assertThat(states(T).get(0).silent()).isFalse();
  }

  @Test
  void whatIsNotHeardForHoursIsForgotten() {
    board.heard("gone", segment(0), T);
    board.heard("yard", segment(0), T + 1);
    assertThat(states(T + Board.KEPT_MILLIS)).hasSize(2);
    assertThat(states(T + Board.KEPT_MILLIS + 1))
        .extracting(StreamState::stream)
        .containsExactly("yard");
  }

  @Test
  void whatIsReadAgainChangesNothing() {
    board.heard("yard", segment(4), T);
    board.heard("yard", segment(3), T + 50_000);
    assertThat(states(T + 20_000).get(0).silent()).isTrue();
  }

  /** Frames come before their segments do. */
  @Test
  void theLastFrameIsThatOfTheRunThatGoesOn() {
    board.heard("yard", segment(0), T);
    board.frame("yard", (T + 7_000) * 1_000, T);
    board.heard("yard", segment(1), T);
    assertThat(states(T).get(0).lastFrame()).isEqualTo("2023-11-14T22:13:27Z");
  }

  @Test
  void theLastFrameIsNotLeftInTheFutureByAClockThatIsSetBack() {
    board.heard("yard", segment(5_000), T);
    board.frame("yard", (T + 5_000_000) * 1_000, T);
    board.heard("yard", new Segment("later", 0, T * 1_000, 0.5, -63.21, QUIET), T);
    assertThat(states(T).get(0).lastFrame()).isEqualTo("2023-11-14T22:13:20.960Z");
    board.frame("yard", (T + 2_000) * 1_000, T);
    assertThat(states(T).get(0).lastFrame()).isEqualTo("2023-11-14T22:13:22Z");
  }

  /** Whose frames nobody has made segments of, or who never was there. */
  @Test
  void aStreamBeginsWithASegment() {
    board.frame("yard", T, T);
    board.ended("yard");
    assertThat(states(T)).isEmpty();
  }

  @Test
  void ofTooManyThoseHeardLastAreKnown() {
    for (int i = 0; i <= Board.MOST_STREAMS; i++) {
      board.heard("s" + i, segment(0), T);
    }
    board.heard("s1", segment(1), T);
    board.heard("new", segment(0), T);
    assertThat(states(T))
        .hasSize(Board.MOST_STREAMS)
        .extracting(StreamState::stream)
        .contains("s1", "new", "s3")
        .doesNotContain("s0", "s2")
        .isSorted();
  }

  private List<StreamState> states(long now) {
    return board.states(Map.of("yard", List.of("dog")), now);
  }

  private static Segment segment(long index) {
    return new Segment("run", index, (T + 960 * index) * 1_000, 0.5, -63.21, QUIET);
  }
}
