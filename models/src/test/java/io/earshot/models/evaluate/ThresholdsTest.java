package io.earshot.models.evaluate;

import static io.earshot.models.evaluate.Judged.clip;
import static io.earshot.models.evaluate.Judged.scores;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdsTest {
  private static final List<String> DOG = List.of("dog");

  private static JudgedClip dog(double... segments) {
    return clip("dog", DOG, 1, segments(segments));
  }

  private static JudgedClip other(double... segments) {
    return clip("other", List.of(), 1, segments(segments));
  }

  private static float[][] segments(double... values) {
    float[][] segments = new float[values.length][];
    for (int i = 0; i < values.length; i++) {
      segments[i] = scores(values[i]);
    }
    return segments;
  }

  private static Thresholds on(JudgedClip... clips) {
    return new Thresholds(DOG, List.of(clips));
  }

  @Test
  void theBestF1LiesMidwayBetweenTheClassAndTheOthers() {
    // 0.301 to 0.800 tell them apart; the middle is 0.5505, rounded up.
    assertThat(on(dog(0.1, 0.8), dog(0.9), other(0.3, 0.2)).bestF1(0, 0)).isEqualTo(0.551f);
  }

  @Test
  void aWeakClipIsGivenUpForTheSakeOfTheOthers() {
    // From 0.05: 3 of 6 right, F1 6/9. Above 0.4: 2 hits, none wrong, 1 missed, F1 4/5.
    Thresholds thresholds = on(dog(0.9), dog(0.7), dog(0.2), other(0.4), other(0.35), other(0.3));
    assertThat(thresholds.bestF1(0, 0)).isEqualTo(0.551f);
  }

  @Test
  void theMiddleIsThatOfTheThresholdsWithinBounds() {
    // 0.986 to 0.990, and 0.050 to 0.060.
    assertThat(on(dog(1.0), other(0.985)).bestF1(0, 0)).isEqualTo(0.988f);
    assertThat(on(dog(0.06), other(0.01)).bestF1(0, 0)).isEqualTo(0.055f);
  }

  @Test
  void noiseAtTheFloorDoesNotReachTheThreshold() {
    // Above 0.7 to 0.8: 0.7505, rounded up; 0.7f is what noise reached.
    assertThat(on(dog(0.8), other(0.3)).bestF1(0, 0.7f)).isEqualTo(0.751f);
    assertThat(on(dog(0.8), other(0.3)).bestF1(0, 0.9954f)).isEqualTo(0.996f);
    assertThat(on(dog(0.8), other(0.3)).maxFalseAlarmsPerHour(0, 0, 0.7f)).isEqualTo(0.701f);
  }

  @Test
  void aClassWithoutClipsStaysAtOneHalfOrAboveTheFloor() {
    assertThat(on(other(0.3)).bestF1(0, 0.2f)).isEqualTo(0.5f);
    assertThat(on(other(0.3)).bestF1(0, 0.6f)).isEqualTo(0.601f);
    assertThat(on(other(0.3)).maxFalseAlarmsPerHour(0, 0, 0)).isEqualTo(0.5f);
    assertThat(on(other(0.8)).maxFalseAlarmsPerHour(0, 0, 0)).isEqualTo(0.801f);
    assertThat(on(dog(0.8)).maxFalseAlarmsPerHour(0, 0, 0)).isEqualTo(0.5f);
  }

  @Test
  void falseAlarmsAreCountedInRunsPerHourOfTheOthersClips() {
    // 5 s of other clips, so that one run is 720 an hour and two are 1440.
    Thresholds thresholds = on(dog(0.9), other(0.6, 0.7, 0.2, 0.4, 0.1));
    assertThat(thresholds.maxFalseAlarmsPerHour(0, 0, 0)).isEqualTo(0.701f);
    assertThat(thresholds.maxFalseAlarmsPerHour(0, 720, 0)).isEqualTo(0.401f);
    // Up to 0.1 all five are one run.
    assertThat(thresholds.maxFalseAlarmsPerHour(0, 1440, 0)).isEqualTo(0.05f);
  }

  @Test
  void aFalseAlarmThatNeverEndsIsNoReasonForALowThreshold() {
    // 0.05 has the one run of 720 an hour too, but 0.3 has two.
    Thresholds thresholds = on(dog(0.9), other(0.4, 0.1, 0.5, 0.1));
    assertThat(thresholds.maxFalseAlarmsPerHour(0, 720, 0)).isEqualTo(0.401f);
  }

  @Test
  void aSureFalseAlarmLeavesNoThresholdBelowOne() {
    assertThat(on(dog(0.9), other(1)).maxFalseAlarmsPerHour(0, 0, 0)).isEqualTo(1f);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noThresholdHasABetterF1(long seed) {
    List<JudgedClip> clips = Judged.drawn(seed, 30);
    float threshold = new Thresholds(DOG, clips).bestF1(0, 0);
    double best = f1(clips, threshold);
    for (int i = 50; i <= 990; i++) {
      assertThat(f1(clips, i / 1000f)).isLessThanOrEqualTo(best);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theRateIsKeptAtTheThresholdAndNotJustBelow(long seed) {
    LabelScores scores = new LabelScores("dog", 0, Judged.drawn(seed, 60));
    float threshold = new Thresholds(DOG, Judged.drawn(seed, 60)).maxFalseAlarmsPerHour(0, 300, 0);
    for (int i = Math.round(threshold * 1000); i <= 1000; i++) {
      assertThat(scores.falseAlarmsPerHour(i / 1000f)).isLessThanOrEqualTo(300);
    }
    assertThat(scores.falseAlarmsPerHour(threshold - 0.001f)).isGreaterThan(300);
  }

  private static double f1(List<JudgedClip> clips, float threshold) {
    int hits = 0;
    int wrong = 0;
    int missed = 0;
    for (JudgedClip clip : clips) {
      boolean raised = clip.scores().stream().anyMatch(segment -> segment[0] >= threshold);
      boolean own = !clip.labels().isEmpty();
      hits += raised && own ? 1 : 0;
      wrong += raised && !own ? 1 : 0;
      missed += !raised && own ? 1 : 0;
    }
    return hits / (hits + 0.5 * (wrong + missed));
  }
}
