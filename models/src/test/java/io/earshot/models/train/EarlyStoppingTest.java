package io.earshot.models.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
  @Test
  void itIsOverAfterSoManyEpochsWithoutALowerLoss() {
    EarlyStopping stopping = new EarlyStopping(2);
    assertThat(stopping.isBest(3)).isTrue();
    assertThat(stopping.isBest(4)).isFalse();
    assertThat(stopping.isBest(2)).isTrue();
    assertThat(stopping.isBest(2)).isFalse();
    assertThat(stopping.isOver()).isFalse();
    assertThat(stopping.isBest(2.5)).isFalse();
    assertThat(stopping.isOver()).isTrue();
  }

  @Test
  void aLossThatIsNoNumberIsNeverTheBest() {
    assertThat(new EarlyStopping(1).isBest(Double.NaN)).isFalse();
  }
}
