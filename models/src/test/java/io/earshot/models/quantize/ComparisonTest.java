package io.earshot.models.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.Quantised;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  @TempDir Path packages;

  /** 45 degrees, and none. */
  @Test
  void closenessIsTheMeanCosine() {
    Closeness closeness = new Closeness();
    closeness.add(new float[] {1, 0}, new float[] {2, 2});
    closeness.add(new float[] {0, 3}, new float[] {0, 1});
    assertThat(closeness.lowest()).isCloseTo(Math.sqrt(0.5), within(1e-12));
    assertThat(closeness.mean()).isCloseTo((1 + Math.sqrt(0.5)) / 2, within(1e-12));
  }

  @Test
  void aVectorOfZerosIsCloseToItselfAlone() {
    assertThat(Closeness.cosine(new float[2], new float[2])).isEqualTo(1);
    assertThat(Closeness.cosine(new float[2], new float[] {0, 1})).isZero();
  }

  @Test
  void scoresAgreeWhereTheirTopIsTheSame() {
    ScoreDifference difference = new ScoreDifference();
    difference.add(new float[] {0.5f, 0.25f}, new float[] {0.75f, 0.25f});
    difference.add(new float[] {0.5f, 0.25f}, new float[] {0.25f, 0.5f});
    assertThat(difference.result()).isEqualTo(new Quantised.Scores(0.5, 0.1875, 0.25));
  }

  /** "quiet" scores highest, but no clip is called that. */
  @Test
  void aClipIsWhatScoresHighestOnAverageAmongTheLabelsOfTheClips() throws Exception {
    ModelPackage model = SmallNetwork.write(packages);
    LabelAccuracy accuracy = new LabelAccuracy(model, Map.of("hound", "dog", "cat", "cat"));
    List<float[]> dog = List.of(new float[] {0.2f, 0.3f, 0.9f}, new float[] {0.6f, 0.3f, 0.9f});
    List<float[]> cat = List.of(new float[] {0.2f, 0.3f, 0.9f});
    accuracy.add(clip("hound"), dog, cat);
    accuracy.add(clip("cat"), cat, cat);
    assertThat(accuracy.result())
        .isEqualTo(new Quantised.Accuracies(1, 0.5, "2 clips of 2 labels"));
  }

  @Test
  void onlyClipsWithOneLabelThatThePackageHasAreJudged() throws Exception {
    ModelPackage model = SmallNetwork.write(packages);
    LabelAccuracy accuracy = new LabelAccuracy(model, Map.of("dog", "dog", "cat", "cat"));
    assertThat(accuracy.judges(clip("dog"))).isTrue();
    assertThat(accuracy.judges(clip("horse"))).isFalse();
    assertThat(accuracy.judges(clip("dog", "cat"))).isFalse();
    assertThat(accuracy.judges(clip())).isFalse();
    assertThat(new LabelAccuracy(model, Map.of("dog", "dog")).judges(clip("dog"))).isFalse();
    assertThat(accuracy.result()).isNull();
  }

  private static LabelledFile clip(String... labels) {
    return new LabelledFile(Path.of("a.wav"), "a.wav", List.of(labels), 1, "a");
  }
}
