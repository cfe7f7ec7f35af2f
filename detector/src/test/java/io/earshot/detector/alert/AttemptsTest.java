package io.earshot.detector.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptsTest {
  private static final RetryPolicy POLICY =
      new RetryPolicy(4, Duration.ofMillis(1_000), Duration.ofMillis(5_000));

  @ParameterizedTest
  @CsvSource({"1, 1000", "2, 2000", "3, 4000", "4, 5000", "100, 5000"})
  void theLongestPauseDoublesUpToTheMost(int failures, long millis) {
    assertThat(POLICY.pause(failures, 1)).hasMillis(millis);
    assertThat(POLICY.pause(failures, 0.25)).as("full jitter").hasMillis(millis / 4);
    assertThat(POLICY.pause(failures, 0)).isZero();
  }

  @Test
  void whatFailsIsTriedAgainUntilTheLastAttempt() {
    Attempts attempts = new Attempts(POLICY, () -> 0.5);
    assertThat(attempts.after(Outcome.failed("no"))).isEqualTo(again(500));
    assertThat(attempts.after(Outcome.failed("no"))).isEqualTo(again(1_000));
    assertThat(attempts.after(Outcome.failed("no"))).isEqualTo(again(2_000));
    assertThat(attempts.after(Outcome.failed("no"))).isEqualTo(new Attempts.GiveUp());
    assertThat(attempts.made()).isEqualTo(4);
  }

  @Test
  void whatIsRefusedIsNotTriedAgain() {
    assertThat(new Attempts(POLICY, () -> 0.5).after(Outcome.refused("no")))
        .isEqualTo(new Attempts.GiveUp());
  }

  @Test
  void aSubscriberThatAsksForTimeGetsIt() {
    Attempts attempts = new Attempts(POLICY, () -> 0.5);
    assertThat(attempts.after(Outcome.failed("busy", Duration.ofSeconds(7))))
        .isEqualTo(again(7_000));
    assertThat(attempts.after(Outcome.failed("busy", Duration.ofMillis(3))))
        .isEqualTo(again(1_000));
  }

  @Test
  void noAttemptsMeansAsManyAsItTakes() {
    Attempts attempts =
        new Attempts(new RetryPolicy(0, Duration.ofMillis(1), Duration.ofMillis(9)), () -> 1);
    for (int i = 0; i < 10_000; i++) {
      assertThat(attempts.after(Outcome.failed("no"))).isInstanceOf(Attempts.Again.class);
    }
    assertThat(attempts.after(Outcome.DELIVERED)).isEqualTo(new Attempts.Done());
  }

  private static Attempts.Again again(long millis) {
    return new Attempts.Again(Duration.ofMillis(millis));
  }
}
