package io.earshot.models.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StandardisationTest {
  /** Means 3 and 10; deviations 2 and 0. */
  private final Standardisation standard =
      Standardisation.of(List.of(new float[] {1, 10}, new float[] {5, 10}));

  @Test
  void theMeanBecomesZeroAndTheDeviationOne() {
    assertThat(standard.apply(new float[] {3, 10})).containsExactly(0, 0);
    assertThat(standard.apply(new float[] {7, 10})).containsExactly(2, 0);
  }

  @Test
  void anInputThatDidNotVaryIsDividedByATenthOfTheUsualDeviation() {
    // The mean variance is (4 + 0) / 2.
    double least = 0.1 * Math.sqrt(2);
    assertThat(standard.apply(new float[] {3, 11})[1])
        .isCloseTo((float) (1 / least), within(1e-5f));
  }

  @Test
  void inputsThatDoNotVaryAtAllAreNotDivided() {
    Standardisation flat = Standardisation.of(List.of(new float[] {4}));
    assertThat(flat.apply(new float[] {6})).containsExactly(2);
  }

  @Test
  void theFoldedLayerTakesInputsAsTheyAre() {
    DenseLayer layer = new DenseLayer(2, 1, new float[] {0.5f, -2}, new float[] {3});
    float[] input = {-4.5f, 10.25f};
    assertThat(standard.folded(layer).apply(input)[0])
        .isCloseTo(layer.apply(standard.apply(input))[0], within(1e-4f));
  }
}
