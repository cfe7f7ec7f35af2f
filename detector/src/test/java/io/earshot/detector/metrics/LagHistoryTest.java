package io.earshot.detector.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LagHistoryTest {
  private final LagHistory history = new LagHistory();

  @Test
  void nothingIsKnownBeforeALook() {
    assertThat(history.seconds(1_000, 0)).isZero();
  }

  @Test
  void whoHasDoneAllIsNotBehind() {
    history.add(0, 100);
    history.add(5_000, 150);
    assertThat(history.seconds(5_000, 150)).isZero();
  }

  @Test
  void theAgeIsThatOfTheFirstRecordThatIsNotDone() {
    history.add(0, 100);
    history.add(5_000, 150);
    history.add(10_000, 200);
    // 150 to 199 came from 5 s to 10 s; number 175 in the middle.
    assertThat(history.seconds(10_000, 175)).isCloseTo(2.5, within(1e-9));
    assertThat(history.seconds(10_000, 150)).isCloseTo(5, within(1e-9));
  }

  @Test
  void whatWasThereAtTheFirstLookIsAtLeastAsOldAsThat() {
    history.add(20_000, 100);
    history.add(25_000, 100);
    assertThat(history.seconds(25_000, 7)).isEqualTo(5);
  }

  @Test
  void aTopicThatStandsStillMakesTheLagOlderAndNotLarger() {
    history.add(0, 100);
    history.add(5_000, 110);
    for (int look = 2; look < 10; look++) {
      history.add(5_000 * look, 110);
    }
    assertThat(history.seconds(45_000, 105)).isCloseTo(42.5, within(1e-9));
  }

  @Test
  void aDayIsRemembered() {
    int looks = 40_000;
    for (int look = 0; look < looks; look++) {
      history.add(5_000L * look, look);
    }
    long now = 5_000L * (looks - 1);
    for (int age : new int[] {1_800, 3_590, 3_605, 7_215, 86_400}) {
      assertThat(history.seconds(now, looks - 1 - age / 5)).isCloseTo(age, within(1e-6));
    }
    // An hour, and then 1,440 minutes.
    assertThat(history.seconds(now, 0)).isCloseTo(90_000, within(100.0));
  }
}
