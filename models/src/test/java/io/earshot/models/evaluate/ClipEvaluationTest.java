package io.earshot.models.evaluate;

import static io.earshot.models.evaluate.Judged.clip;
import static io.earshot.models.evaluate.Judged.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipEvaluationTest {
  private static final Offset<Double> ROUNDING = within(1e-6);

  private static final List<String> LABELS = List.of("dog", "background", "rain", "bell");

  private final List<JudgedClip> clips =
      List.of(
          // One loud segment does not win against the mean.
          clip("a", List.of("dog"), 1, scores(0.9, 0, 0.5, 0), scores(0.1, 0, 0.6, 0)),
          clip("b", List.of("dog"), 2, scores(0.8, 0.9, 0.1, 0)),
          clip("c", List.of("rain"), 1, scores(0.2, 0, 0.7, 0)),
          clip("d", List.of("rain"), 2, scores(0.3, 0, 0.2, 0)),
          clip("e", List.of("dog", "rain"), 2, scores(0.1, 0, 0.8, 0)),
          clip("f", List.of("background"), 1, scores(0.7, 0.8, 0, 0), scores(0.6, 0.8, 0, 0)),
          clip("g", List.of(), 1, scores(0.1, 0.8, 0.3, 0)));

  private final ClipEvaluation evaluation =
      new ClipEvaluation(LABELS, 1, new float[] {0.5f, 0.5f, 0.5f, 0.5f}, clips, 0.96);

  @Test
  void theHighestMeanOfTheClassesCounts() {
    // Right: b, c, e of a to e. a is rain by its means 0.5 and 0.55.
    assertThat(evaluation.accuracy()).isEqualTo(0.6);
    assertThat(evaluation.labelled()).hasSize(5);
    assertThat(evaluation.folds())
        .containsExactly(new FoldAccuracy(1, 0.5, 2), new FoldAccuracy(2, 2 / 3.0, 3));
  }

  @Test
  void theIntervalIsWilsons() {
    // scipy.stats.binomtest(k, n).proportion_ci(method='wilson')
    assertThat(evaluation.accuracyInterval().low()).isCloseTo(0.230724, ROUNDING);
    assertThat(evaluation.accuracyInterval().high()).isCloseTo(0.882379, ROUNDING);
    assertThat(Interval.wilson(370, 400).low()).isCloseTo(0.894952, ROUNDING);
    assertThat(Interval.wilson(0, 10).low()).isZero();
    assertThat(Interval.wilson(10, 10).high()).isCloseTo(1, ROUNDING);
  }

  @Test
  void aClipIsRaisedByAnyOfItsSegments() {
    ClassMeasures dog = evaluation.measures().get(0);
    // Raised: a, b and f. Of the class: a, b and e.
    assertThat(dog.label()).isEqualTo("dog");
    assertThat(dog.clips()).isEqualTo(3);
    assertThat(dog.precision()).isCloseTo(2 / 3.0, ROUNDING);
    assertThat(dog.recall()).isCloseTo(2 / 3.0, ROUNDING);
    assertThat(dog.f1()).isCloseTo(2 / 3.0, ROUNDING);
  }

  @Test
  void consecutiveSegmentsAreOneFalseAlarm() {
    // f is one run in 20 s of clips without a dog, a one in 20 s of clips without rain.
    assertThat(evaluation.measures().get(0).falseAlarmsPerHour()).isCloseTo(180, ROUNDING);
    assertThat(evaluation.measures().get(1).falseAlarmsPerHour()).isCloseTo(180, ROUNDING);
  }

  @Test
  void averagePrecisionTakesClipsOfOneScoreTogether() {
    // Dog's peaks: a 0.9, b 0.8, f 0.7, d 0.3, c 0.2, then e and g at 0.1: (1 + 1 + 3/7) / 3.
    assertThat(evaluation.measures().get(0).averagePrecision())
        .isCloseTo((2 + 3 / 7.0) / 3, ROUNDING);
    // Rain's: e 0.8, c 0.7, a 0.6, g 0.3, d 0.2: (1 + 1 + 3/5) / 3.
    assertThat(evaluation.measures().get(1).averagePrecision()).isCloseTo(2.6 / 3, ROUNDING);
  }

  @Test
  void aClassWithoutClipsIsUndefinedAndPassedOver() {
    ClassMeasures bell = evaluation.measures().get(2);
    assertThat(bell.clips()).isZero();
    assertThat(bell.recall()).isNaN();
    assertThat(bell.averagePrecision()).isNaN();
    assertThat(bell.falseAlarmsPerHour()).isZero();
    // Rain: raised a, c, e of c, d, e.
    assertThat(evaluation.macroF1()).isCloseTo(2 / 3.0, ROUNDING);
    assertThat(evaluation.meanAveragePrecision())
        .isCloseTo(((2 + 3 / 7.0) / 3 + 2.6 / 3) / 2, ROUNDING);
  }

  @Test
  void aClipThatRaisesNothingIsTakenForNone() {
    ConfusionMatrix confusion = evaluation.confusion();
    assertThat(confusion.labels()).containsExactly("dog", "rain", "bell", "(none)");
    // e has two labels and is left out; d and g raise nothing; f is nothing and raises dog.
    assertThat(confusion.rows())
        .containsExactly(
            List.of(1, 1, 0, 0), List.of(0, 1, 0, 1), List.of(0, 0, 0, 0), List.of(1, 0, 0, 1));
    assertThat(confusion.mistakes())
        .containsExactly(
            new ConfusionMatrix.Confusion("dog", "rain", 1),
            new ConfusionMatrix.Confusion("rain", "(none)", 1),
            new ConfusionMatrix.Confusion("(none)", "dog", 1));
  }

  @Test
  void calibrationErrorIsTheDistanceOfScoreAndShareOfHitsInLoudSegments() {
    JudgedClip dog =
        new JudgedClip(
            "dog",
            List.of("dog"),
            1,
            2,
            List.of(scores(0.75), scores(0.1)),
            // The second is too soft to be the dog.
            List.of(-10.0, -40.0));
    JudgedClip other = clip("other", List.of(), 1, scores(0.75), scores(0.25));
    // Of three: two in the bin of 0.75, half of them right, one of 0.25, wrong: 0.5/3 + 0.25/3.
    assertThat(of(List.of(dog, other)).calibrationError()).isCloseTo(0.25, ROUNDING);
  }

  @Test
  void withoutClipsEverythingIsUndefined() {
    ClipEvaluation none = of(List.of());
    assertThat(none.accuracy()).isNaN();
    assertThat(none.accuracyInterval().low()).isNaN();
    assertThat(none.macroF1()).isNaN();
    assertThat(none.calibrationError()).isNaN();
    assertThat(none.measures().get(0).falseAlarmsPerHour()).isNaN();
    assertThat(none.folds()).isEmpty();
  }

  @Test
  void clipsOutsideOfFoldsMakeNone() {
    assertThat(of(List.of(clip("a", List.of("dog"), 0, scores(0.5)))).folds()).isEmpty();
  }

  @Test
  void scoresOfAnotherModelAreRefused() {
    assertThatThrownBy(() -> of(clips)).hasMessage("a: not 1 scores a segment");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void averagePrecisionIsTheMeanPrecisionAtEachPositive(long seed) {
    List<JudgedClip> drawn = Judged.drawn(seed, 40);
    double sum = 0;
    int own = 0;
    for (JudgedClip clip : drawn) {
      if (!clip.labels().isEmpty()) {
        List<JudgedClip> raised = drawn.stream().filter(c -> peak(c) >= peak(clip)).toList();
        sum += raised.stream().filter(c -> !c.labels().isEmpty()).count() / (double) raised.size();
        own++;
      }
    }
    assertThat(of(drawn).measures().get(0).averagePrecision()).isCloseTo(sum / own, ROUNDING);
  }

  private static double peak(JudgedClip clip) {
    return clip.scores().stream().mapToDouble(segment -> segment[0]).max().orElseThrow();
  }

  private static ClipEvaluation of(List<JudgedClip> clips) {
    return new ClipEvaluation(List.of("dog"), -1, new float[] {0.5f}, clips, 0.96);
  }
}
