package io.earshot.detector.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BestScoresTest {
  @Test
  void theHighestComeFirstAndOfEqualOnesTheFirst() {
    assertThat(BestScores.of(new float[] {0.1f, 0.9f, 0.3f, 0.9f, 0}, 3))
        .containsExactly(
            new BestScores.Best(1, 0.9f),
            new BestScores.Best(3, 0.9f),
            new BestScores.Best(2, 0.3f));
  }

  @Test
  void thereMayBeFewer() {
    assertThat(BestScores.of(new float[] {0.1f}, 5)).hasSize(1);
  }
}
