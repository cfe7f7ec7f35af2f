package io.earshot.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightedLossTest {
  /** One of five for the first class, four of five for the second. */
  private static final List<float[]> TARGETS =
      List.of(
          new float[] {1, 0},
          new float[] {0, 1},
          new float[] {0, 1},
          new float[] {0, 1},
          new float[] {0, 1});

  @Test
  void positivesWeighAsMuchAsTheBalanceSays() {
    assertThat(WeightedLoss.weights(TARGETS, 1)).containsExactly(4, 0.25f);
    assertThat(WeightedLoss.weights(TARGETS, 0.5)).containsExactly(2, 0.5f);
    assertThat(WeightedLoss.weights(TARGETS, 0)).containsExactly(1, 1);
  }

  @Test
  void noWeightIsAbove100() {
    assertThat(WeightedLoss.weights(List.of(new float[] {0}), 1)).containsExactly(100);
  }

  @Test
  void theLossIsTheWeightedCrossEntropy() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      WeightedLoss loss = WeightedLoss.of(TARGETS, 1, manager);
      float[][] logits = {{(float) Math.log(3), 0}, {-80, 80}};
      float[][] targets = {{1, 0}, {1, 1}};
      // Scores of 3/4 and 1/2; then one that is as wrong as can be, and one that is right.
      double expected = (4 * Math.log(4 / 3.0) + Math.log(2) + 4 * 80) / 2;
      assertThat(loss.of(manager.create(logits), manager.create(targets)).getFloat())
          .isCloseTo((float) expected, within(1e-4f));
    }
  }
}
