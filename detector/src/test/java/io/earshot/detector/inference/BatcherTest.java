package io.earshot.detector.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatcherTest {
  private static final int MAX = 16;
  private static final long LINGER = 5_000_000;

  @ParameterizedTest
  @CsvSource({
    // waiting, complete, age of the oldest, taken
    "1, false, 0, 0",
    "15, false, 4999999, 0",
    // the oldest has waited long enough
    "1, false, 5000000, 1",
    "15, false, 9000000, 15",
    // full
    "16, false, 0, 16",
    "17, false, 0, 16",
    "256, false, 9000000, 16",
    // nothing can join
    "1, true, 0, 1",
    "15, true, 0, 15",
    "17, true, 0, 16"
  })
  void aBatchIsFullOrDueOrComplete(int waiting, boolean complete, long age, int taken) {
    // nanoTime may be near its end, where it turns negative.
    for (long oldest : new long[] {0, 1_000_000_000, -3, Long.MAX_VALUE - 2_000_000}) {
      Batcher batcher = new Batcher(MAX, LINGER);
      assertThat(batcher.take(waiting, complete, oldest, oldest + age)).isEqualTo(taken);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1_000_000_000, 7})
  void theDeadlineIsWhenTheOldestHasWaitedForTheLinger(long oldest) {
    assertThat(new Batcher(MAX, LINGER).deadline(oldest)).isEqualTo(oldest + LINGER);
  }

  @Test
  void withoutLingerEveryPatchGoesAtOnce() {
    assertThat(new Batcher(MAX, 0).take(1, false, 5, 5)).isEqualTo(1);
  }
}
