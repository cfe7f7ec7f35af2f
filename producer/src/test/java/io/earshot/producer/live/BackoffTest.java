package io.earshot.producer.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), new SplittableRandom(1));

  @Test
  void waitsDoubleUpToTheLongestAndBeginAnewAfterTenSecondsOfSound() {
    long[] expected = {500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000};
    for (long millis : expected) {
      assertThat(backoff.next(99).toMillis()).isBetween(millis * 3 / 4, millis * 5 / 4);
    }
    assertThat(backoff.next(199).toMillis()).isBetween(375L, 625L);
    assertThat(backoff.longest().toMillis()).isBetween(22_500L, 37_500L);
    assertThat(backoff.next(200).toMillis()).isBetween(750L, 1250L);
  }
}
