package io.earshot.models.evaluate.soundscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earshot.models.evaluate.sed.SoundEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamMetricsTest {
  private static final String FILE = "scene-001.wav";
  private static final double HALF_AN_HOUR = 0.5;

  /** Found after 1 s, found after 3 s, missed. */
  private final List<MixedEvent> truth =
      List.of(event("dog", 10, 12, 20), event("dog", 20, 25, 0), event("cat", 30, 31, 0));

  /** The third and fourth are false: no cat then, and no dog in that scene. */
  private final List<HeardEvent> heard =
      List.of(
          heard(FILE, "dog", 10.5, 12.5, 11),
          heard(FILE, "dog", 22, 25, 23),
          heard(FILE, "cat", 10.5, 12.5, 11),
          heard("scene-002.wav", "dog", 10, 12, 11));

  private final StreamMetrics metrics = new StreamMetrics(truth, heard, HALF_AN_HOUR);

  @Test
  void aFalseAlarmOverlapsNoTrueEventOfItsLabel() {
    assertThat(metrics.falseAlarms()).isEqualTo(2);
    assertThat(metrics.falseAlarmsPerHour()).isEqualTo(4);
  }

  @Test
  void theDelayIsFromTheTrueOnsetUntilTheEventWasOpened() {
    assertThat(metrics.delay(0)).isEqualTo(1);
    assertThat(metrics.delay(1)).isEqualTo(3);
    assertThat(metrics.delay(0.5)).isEqualTo(2);
    assertThat(metrics.delay(0.95)).isCloseTo(1 + 0.95 * 2, within(1e-9));
  }

  @Test
  void whatWasFoundIsCountedForEachRatio() {
    assertThat(metrics.found()).isEqualTo(new StreamMetrics.Found(3, 2));
    assertThat(metrics.bySnr())
        .containsExactly(
            Map.entry(0.0, new StreamMetrics.Found(2, 1)),
            Map.entry(20.0, new StreamMetrics.Found(1, 1)));
    assertThat(metrics.bySnr().get(0.0).share()).isEqualTo(0.5);
  }

  @Test
  void ofSeveralEventsThatOverlapTheEarliestCounts() {
    List<HeardEvent> two =
        List.of(heard(FILE, "dog", 11, 12, 11.9), heard(FILE, "dog", 10, 10.9, 10.9));
    StreamMetrics once = new StreamMetrics(truth.subList(0, 1), two, HALF_AN_HOUR);
    assertThat(once.delay(0.5)).isCloseTo(0.9, within(1e-9));
    assertThat(once.falseAlarms()).isZero();
  }

  @Test
  void anEventThatWasOpenBeforeTheOnsetHasNoDelay() {
    List<HeardEvent> early = List.of(heard(FILE, "dog", 5, 11, 6));
    assertThat(new StreamMetrics(truth.subList(0, 1), early, 1).delay(0.5)).isZero();
  }

  @Test
  void whatOnlyTouchesATrueEventIsAFalseAlarm() {
    List<HeardEvent> next = List.of(heard(FILE, "dog", 12, 13, 13));
    StreamMetrics touched = new StreamMetrics(truth.subList(0, 1), next, 1);
    assertThat(touched.falseAlarms()).isEqualTo(1);
    assertThat(touched.found().found()).isZero();
    assertThat(touched.delay(0.5)).isNaN();
  }

  @Test
  void withoutTruthNothingIsFound() {
    StreamMetrics nothing = new StreamMetrics(List.of(), heard, 2);
    assertThat(nothing.found().share()).isNaN();
    assertThat(nothing.falseAlarmsPerHour()).isEqualTo(2);
  }

  private static MixedEvent event(String label, double onset, double offset, double snr) {
    return new MixedEvent(new SoundEvent(FILE, onset, offset, label), snr);
  }

  private static HeardEvent heard(
      String file, String label, double onset, double offset, double opened) {
    return new HeardEvent(new SoundEvent(file, onset, offset, label), opened);
  }
}
