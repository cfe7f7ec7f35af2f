package io.earshot.detector.alert;

import static io.earshot.detector.alert.AlertEvents.alert;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void noWindowHoldsMoreThanTheLimitWhereverItBegins() {
    RateLimiter limiter = new RateLimiter(new RateLimit(5, MINUTE, RateLimit.Per.ALL));
    Random random = new Random(3);
    List<Long> admitted = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 2_000; i++) {
      now += random.nextInt(20_000);
      if (limiter.admits(AlertEvents.open("x"), now)) {
        admitted.add(now);
      }
    }
    for (int i = 5; i < admitted.size(); i++) {
      assertThat(admitted.get(i) - admitted.get(i - 5)).isGreaterThanOrEqualTo(60_000);
    }
    // One in 10 s comes, one in 12 s may pass.
    assertThat(admitted).hasSizeBetween(1_300, 1_667);
  }

  /** As partitions are read one after the other. */
  @Test
  void eventsNeedNotComeInTheOrderOfTime() {
    RateLimiter limiter = new RateLimiter(new RateLimit(2, MINUTE, RateLimit.Per.ALL));
    for (long minute = 0; minute < 60; minute++) {
      assertThat(limiter.admits(AlertEvents.open("x"), minute * 60_000)).isTrue();
    }
    assertThat(limiter.admits(AlertEvents.open("x"), 30_000)).isTrue();
    assertThat(limiter.admits(AlertEvents.open("x"), 89_999)).as("third since 30 s").isFalse();
    assertThat(limiter.admits(AlertEvents.open("x"), 90_000)).isTrue();
    assertThat(limiter.admits(AlertEvents.open("x"), 30_001)).as("third since 30 s").isFalse();
    assertThat(limiter.admits(AlertEvents.open("x"), -30_001)).isTrue();
  }

  @Test
  void eachStreamOrLabelHasALimitOfItsOwn() {
    RateLimiter streams = new RateLimiter(new RateLimit(1, MINUTE, RateLimit.Per.STREAM));
    assertThat(streams.admits(alert("1", "open", "a", "dog", 1), 0)).isTrue();
    assertThat(streams.admits(alert("2", "open", "a", "cat", 1), 0)).isFalse();
    assertThat(streams.admits(alert("3", "open", "b", "dog", 1), 0)).isTrue();
    assertThat(streams.takeSuppressed(alert("4", "open", "b", "dog", 1))).isZero();
    assertThat(streams.takeSuppressed(alert("4", "open", "a", "dog", 1))).isEqualTo(1);

    RateLimiter labels = new RateLimiter(new RateLimit(1, MINUTE, RateLimit.Per.LABEL));
    assertThat(labels.admits(alert("1", "open", "a", "dog", 1), 0)).isTrue();
    assertThat(labels.admits(alert("2", "open", "a", "cat", 1), 0)).isTrue();
    assertThat(labels.admits(alert("3", "open", "b", "dog", 1), 0)).isFalse();
  }
}
