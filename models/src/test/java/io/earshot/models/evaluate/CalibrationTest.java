package io.earshot.models.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  private static JudgedClip clip(List<String> labels, List<float[]> scores, List<Double> levels) {
    return new JudgedClip("clip", labels, 1, 5, scores, levels);
  }

  /** Clips whose labels come true as often as a line of each label's logit says. */
  private static List<JudgedClip> drawn(double[] scales, double[] shifts) {
    SplittableRandom random = new SplittableRandom(1);
    List<JudgedClip> clips = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      List<String> labels = new ArrayList<>();
      float[] scores = new float[2];
      for (int label = 0; label < 2; label++) {
        double logit = 2 * random.nextGaussian();
        scores[label] = (float) sigmoid(logit);
        if (random.nextDouble() < sigmoid(scales[label] * logit + shifts[label])) {
          labels.add(label == 0 ? "dog" : "cat");
        }
      }
      clips.add(clip(labels, List.of(scores), List.of(-20.0)));
    }
    return clips;
  }

  @Test
  void eachLabelGetsTheLineThatMadeIt() {
    double[] scales = {0.5, 1.5};
    double[] shifts = {-1, 0.5};
    Calibration found = Calibration.fit(List.of("dog", "cat"), drawn(scales, shifts));
    assertThat(found.scales()).containsExactly(scales, within(0.06));
    assertThat(found.shifts()).containsExactly(shifts, within(0.06));
  }

  @Test
  void aClipsScoresAreMovedAlongTheLines() {
    Calibration calibration =
        Calibration.fit(
            List.of("dog", "cat"), drawn(new double[] {0.5, 1.5}, new double[] {-1, 0.5}));
    JudgedClip clip = clip(List.of("dog"), List.of(new float[] {0.5f, 0.25f}), List.of(-20.0));
    JudgedClip moved = calibration.apply(clip);
    // The logits are 0 and -ln 3.
    assertThat((double) moved.scores().get(0)[0])
        .isCloseTo(sigmoid(calibration.shifts()[0]), within(1e-6));
    assertThat((double) moved.scores().get(0)[1])
        .isCloseTo(
            sigmoid(-Math.log(3) * calibration.scales()[1] + calibration.shifts()[1]),
            within(1e-6));
    assertThat(moved.labels()).isEqualTo(clip.labels());
    assertThat(moved.levels()).isEqualTo(clip.levels());
    assertThat(clip.scores().get(0)).containsExactly(0.5f, 0.25f);
  }

  /** Between the barks of a dog nobody barks. */
  @Test
  void quietSegmentsDoNotCount() {
    List<JudgedClip> loudOnly = new ArrayList<>();
    List<JudgedClip> withQuiet = new ArrayList<>();
    for (JudgedClip clip : drawn(new double[] {1, 1}, new double[] {0, 0}).subList(0, 200)) {
      loudOnly.add(clip);
      float[] loud = clip.scores().get(0);
      withQuiet.add(
          clip(clip.labels(), List.of(loud, new float[] {0.9f, 0.1f}), List.of(-20.0, -41.0)));
    }
    List<String> labels = List.of("dog", "cat");
    assertThat(Calibration.fit(labels, withQuiet).scales())
        .isEqualTo(Calibration.fit(labels, loudOnly).scales());
  }

  @Test
  void eachFoldIsCalibratedByTheOthers() {
    List<String> labels = List.of("dog", "cat");
    List<JudgedClip> second = drawn(new double[] {1, 1}, new double[] {0, 0}).subList(0, 200);
    List<JudgedClip> first =
        drawn(new double[] {0.5, 1.5}, new double[] {-1, 0.5}).subList(0, 200).stream()
            .map(c -> new JudgedClip(c.name(), c.labels(), 7, 5, c.scores(), c.levels()))
            .toList();
    List<JudgedClip> all = new ArrayList<>(first);
    all.addAll(second);
    List<JudgedClip> calibrated = Calibration.acrossFolds(labels, all);
    assertThat(calibrated).extracting(JudgedClip::fold).isSorted().hasSize(400);
    assertThat(calibrated.get(0).scores().get(0))
        .isEqualTo(Calibration.fit(labels, first).apply(second.get(0)).scores().get(0));
    assertThat(calibrated.get(200).scores().get(0))
        .isEqualTo(Calibration.fit(labels, second).apply(first.get(0)).scores().get(0));
  }
}
