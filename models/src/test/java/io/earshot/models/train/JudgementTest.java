package io.earshot.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earshot.models.evaluate.JudgedClip;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgementTest {
  private static final List<String> LABELS = List.of("dog", "rain", "background");

  private static JudgedClip clip(String label, int fold, float[]... segments) {
    List<Double> levels = Collections.nCopies(segments.length, -20.0);
    return new JudgedClip(label, List.of(label), fold, 5, Arrays.asList(segments), levels);
  }

  private static float[] scores(double... values) {
    float[] scores = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scores[i] = (float) values[i];
    }
    return scores;
  }

  private final Judgement judgement =
      new Judgement(
          LABELS,
          2,
          List.of(
              // One loud patch does not win against the mean.
              clip("dog", 1, scores(0.9, 0.5, 0), scores(0.1, 0.6, 0)),
              clip("dog", 2, scores(0.8, 0.1, 0.9)),
              clip("rain", 1, scores(0.2, 0.7, 0)),
              clip("rain", 2, scores(0.6, 0.3, 0)),
              clip("background", 1, scores(0.55, 0.2, 0.8))));

  @Test
  void theHighestMeanAmongTheRankedClassesCounts() {
    assertThat(judgement.right(1)).isEqualTo(1);
    assertThat(judgement.right(2)).isEqualTo(1);
    assertThat(judgement.accuracy(0)).isEqualTo(0.5);
    assertThat(judgement.confusion(0)).isDeepEqualTo(new int[][] {{1, 1}, {1, 1}});
  }

  @Test
  void averagePrecisionIsTheMeanOfThePrecisionAtEachHit() {
    // Ordered by their highest dog score: dog 0.9, dog 0.8, rain 0.6, background 0.55, rain 0.2.
    assertThat(judgement.averagePrecision(0)).isEqualTo(1);
    // Rain: rain 0.7, dog 0.6, rain 0.3, ...: (1/1 + 2/3) / 2.
    assertThat(judgement.averagePrecision(1)).isCloseTo(5 / 6.0, within(1e-9));
  }

  @Test
  void theThresholdKeepsTheOtherClassesOut() {
    // 0.6 is raised by a rain clip, and one clip of three is more than 1 %.
    assertThat(judgement.threshold(0)).isCloseTo(0.65, within(1e-9));
    assertThat(judgement.raised(0, 0.65, true)).isEqualTo(2);
    assertThat(judgement.raised(0, 0.65, false)).isZero();
  }

  @Test
  void calibrationErrorIsTheDistanceOfScoreAndShareOfHits() {
    Judgement sure =
        new Judgement(
            List.of("dog"),
            1,
            List.of(clip("dog", 1, scores(0.75)), clip("rain", 1, scores(0.75))));
    // Both in the bin of 0.75, half of them right.
    assertThat(sure.calibrationError()).isCloseTo(0.25, within(1e-6));
  }
}
