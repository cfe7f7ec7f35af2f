package io.earshot.models.evaluate.sed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SegmentBasedMetricsTest {
  /**
   * Seconds 0, 1, 2, 3: the truth has a, a, ab, -; the estimate -, a, ac, c. So second 0 is a
   * deletion, 1 right, 2 half right with b taken for c, 3 an insertion.
   */
  private static final EventListPair PAIR =
      new EventListPair(
          list(event("a", 0.5, 2.1), event("b", 2.2, 2.9)),
          list(event("a", 1, 3), event("c", 2.5, 3.5)));

  @Test
  void eachSegmentIsComparedByItself() {
    assertThat(new SegmentBasedMetrics(1).measure(PAIR).overall())
        .isEqualTo(new Counts(4, 4, 2, 1, 1, 1));
  }

  @Test
  void aLabelByItselfHasNoSubstitutions() {
    assertThat(new SegmentBasedMetrics(1).measure(PAIR).classWise())
        .containsEntry("a", new Counts(3, 2, 2, 0, 1, 0))
        .containsEntry("b", new Counts(1, 0, 0, 0, 1, 0))
        .containsEntry("c", new Counts(0, 2, 0, 0, 0, 2))
        .hasSize(3);
  }

  /** Of a the half seconds 1 to 4 are true, 2 to 5 estimated; of b 4 and 5; of c 5 and 6. */
  @Test
  void shorterSegmentsAreMore() {
    assertThat(new SegmentBasedMetrics(0.5).measure(PAIR).overall())
        .isEqualTo(new Counts(6, 6, 3, 1, 2, 2));
  }

  @Test
  void anEventWithoutLengthOnABoundaryIsInNoSegment() {
    EventListPair pair = new EventListPair(list(event("a", 2, 2)), list());
    assertThat(new SegmentBasedMetrics(1).measure(pair).overall()).isEqualTo(Counts.ZERO);
  }

  @Test
  void aSegmentWithoutLengthIsRefused() {
    assertThatThrownBy(() -> new SegmentBasedMetrics(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SoundEvent event(String label, double onset, double offset) {
    return new SoundEvent("", onset, offset, label);
  }

  private static EventList list(SoundEvent... events) {
    return new EventList(Arrays.asList(events));
  }
}
