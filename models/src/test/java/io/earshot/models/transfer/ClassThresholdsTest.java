package io.earshot.models.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.pack.PackageException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ClassThresholdsTest {
  private static final Classes CLASSES = Classes.of(List.of("dog"));

  private static JudgedClip clip(String label, double dog) {
    float[] scores = {(float) dog, (float) (1 - dog)};
    return new JudgedClip(label, List.of(label), 1, 5, List.of(scores), List.of(-20.0));
  }

  private static final List<JudgedClip> CLIPS =
      List.of(
          clip("dog", 0.9),
          clip("dog", 0.8),
          clip("dog", 0.7),
          clip("background", 0.1),
          clip("background", 0.2));

  /** One noise of the first score, 19 of the other. */
  private static List<float[]> noises(float one, float others) {
    List<float[]> noises = new ArrayList<>(Collections.nCopies(19, new float[] {others, 1}));
    noises.add(new float[] {one, 1});
    return noises;
  }

  private static float dog(float noise, OptionalDouble rate) throws PackageException {
    return new ClassThresholds(CLASSES, CLIPS, rate).above(noises(noise, noise))[0];
  }

  @Test
  void thresholdsAreAboveNoiseByOneLogit() throws Exception {
    // F1 is best in 0.2..0.7 without noise; 0.5 is a logit of 0, and that of 0.7311 is 1.
    assertThat(dog(0.0f, OptionalDouble.empty())).isStrictlyBetween(0.2f, 0.7001f);
    assertThat(dog(0.5f, OptionalDouble.of(0))).isEqualTo(0.732f);
    assertThat(dog(0.0f, OptionalDouble.of(0))).isEqualTo(0.201f);
  }

  /** 0.65 is a logit of 0.62; 1.62 is 0.835, and one dog of three scores more. */
  @Test
  void aClassThatLosesMostClipsToNoiseIsNoted() throws Exception {
    ClassThresholds thresholds = new ClassThresholds(CLASSES, CLIPS, OptionalDouble.empty());
    assertThat(thresholds.above(noises(0.65f, 0.01f))[0]).isStrictlyBetween(0.835f, 0.9001f);
    assertThat(thresholds.notes())
        .containsExactly(
            "dog scores up to 0.650 in made noise; with a threshold above that it is heard in 33 % of its clips");
    thresholds.above(noises(0.1f, 0.1f));
    assertThat(thresholds.notes()).isEmpty();
  }

  /** Many noises raise it, but the head is sure of none: most likely of nothing at all. */
  @Test
  void aClassOfLowScoresIsNotedAndNotRefused() throws Exception {
    ClassThresholds thresholds = new ClassThresholds(CLASSES, CLIPS, OptionalDouble.empty());
    thresholds.above(noises(0.75f, 0.75f));
    assertThat(thresholds.notes()).singleElement().asString().startsWith("dog scores up to 0.750");
  }

  @Test
  void aClassThatIsNoiseIsRefused() {
    assertThatThrownBy(() -> dog(0.95f, OptionalDouble.empty()))
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith("No package was written: \"dog\" scores up to 0.950 in made noise")
        .hasMessageContaining("heard in 0 % of its clips. Give it")
        .hasMessageContaining("\"background\"");
  }

  /** A class of low scores is not lost to noise. */
  @Test
  void aClassThatIsHardWithoutNoiseIsLeftAlone() throws Exception {
    List<JudgedClip> clips =
        List.of(
            clip("dog", 0.9),
            clip("dog", 0.1),
            clip("dog", 0.1),
            clip("background", 0.5),
            clip("background", 0.2));
    ClassThresholds thresholds = new ClassThresholds(CLASSES, clips, OptionalDouble.of(0));
    thresholds.above(noises(0.6f, 0.6f));
    assertThat(thresholds.notes()).isEmpty();
  }
}
