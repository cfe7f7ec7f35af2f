package io.earshot.models.evaluate.sed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventBasedMetricsTest {
  private static final EventBasedMetrics BOTH = EventBasedMetrics.onsetAndOffset(0.25, 0.5);
  private static final EventBasedMetrics ONSETS = EventBasedMetrics.onsetOnly(0.25);

  /** Of three true events one is right, one has another label, one is missed; one is made up. */
  @Test
  void errorsAreSubstitutionsDeletionsAndInsertions() {
    EventListPair pair =
        new EventListPair(
            list(event("a", 1, 2), event("a", 4, 5), event("a", 8, 9)),
            list(event("a", 1.25, 2), event("b", 4, 5), event("a", 20, 21)));
    Metrics metrics = BOTH.measure(pair);
    assertThat(metrics.overall()).isEqualTo(new Counts(3, 3, 1, 1, 1, 1));
    assertThat(metrics.overall().fMeasure()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(metrics.overall().errorRate()).isCloseTo(1, within(1e-12));
    assertThat(metrics.classWise().get("a")).isEqualTo(new Counts(3, 2, 1, 0, 2, 1));
    assertThat(metrics.classWise().get("b")).isEqualTo(new Counts(0, 1, 0, 0, 0, 1));
    // F1 of a: precision 1/2, recall 1/3. Of b it is not defined.
    assertThat(metrics.average(Counts::fMeasure)).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void ofALongEventTheOffsetMayBeOffByAShareOfItsLength() {
    EventList tenSeconds = list(event("a", 0, 10));
    assertThat(correct(BOTH, tenSeconds, list(event("a", 0, 15)))).isEqualTo(1);
    assertThat(correct(BOTH, tenSeconds, list(event("a", 0, 15.001)))).isZero();
    assertThat(correct(ONSETS, tenSeconds, list(event("a", 0, 99)))).isEqualTo(1);
  }

  @Test
  void ofAShortEventTheOffsetMayBeOffByTheCollar() {
    EventList eighth = list(event("a", 1, 1.125));
    assertThat(correct(BOTH, eighth, list(event("a", 1, 1.375)))).isEqualTo(1);
    assertThat(correct(BOTH, eighth, list(event("a", 1, 1.5)))).isZero();
  }

  /** An optimal matching would find both. */
  @Test
  void theFirstThatFitsIsTaken() {
    EventList truth = list(event("a", 1.25, 2), event("a", 1, 2));
    EventList heard = list(event("a", 1.125, 2), event("a", 1.5, 2));
    assertThat(correct(ONSETS, truth, heard)).isEqualTo(1);
  }

  @Test
  void anEstimateIsTakenOnce() {
    EventList truth = list(event("a", 1, 2), event("a", 1.1, 2));
    assertThat(correct(ONSETS, truth, list(event("a", 1, 2)))).isEqualTo(1);
  }

  @Test
  void anEventOfAnotherRecordingIsNoMatch() {
    EventList truth = list(new SoundEvent("one.wav", 1, 2, "a"));
    EventList heard = list(new SoundEvent("two.wav", 1, 2, "a"));
    assertThat(BOTH.measure(new EventListPair(truth, heard)).overall())
        .isEqualTo(new Counts(1, 1, 0, 0, 1, 1));
  }

  @Test
  void anEmptyEstimateHasARecallButNoPrecision() {
    Counts counts = BOTH.measure(new EventListPair(list(event("a", 1, 2)), list())).overall();
    assertThat(counts.recall()).isZero();
    assertThat(counts.precision()).isNaN();
    assertThat(counts.fMeasure()).isNaN();
    assertThat(counts.errorRate()).isEqualTo(1);
  }

  @Test
  void withoutTruthThereIsNoErrorRate() {
    Counts counts = BOTH.measure(new EventListPair(list(), list(event("a", 1, 2)))).overall();
    assertThat(counts.precision()).isZero();
    assertThat(counts.recall()).isNaN();
    assertThat(counts.errorRate()).isNaN();
  }

  @Test
  void collarsAndSharesOutOfRangeAreRefused() {
    for (double collar : List.of(0.0, -1.0, Double.NaN)) {
      assertThatThrownBy(() -> EventBasedMetrics.onsetOnly(collar))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("above 0");
    }
    assertThatThrownBy(() -> EventBasedMetrics.onsetAndOffset(0.2, 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 1");
  }

  private static long correct(EventBasedMetrics metrics, EventList truth, EventList heard) {
    return metrics.measure(new EventListPair(truth, heard)).overall().correct();
  }

  private static SoundEvent event(String label, double onset, double offset) {
    return new SoundEvent("", onset, offset, label);
  }

  private static EventList list(SoundEvent... events) {
    return new EventList(Arrays.asList(events));
  }
}
