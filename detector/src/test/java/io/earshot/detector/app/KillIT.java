package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.app.KillRound.Fault;
import io.earshot.detector.app.KillRound.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What subscribers find after detectors, the broker and the sender were killed at random moments
 * and came back. {@code benchmarks/kill-rounds} does more of the same.
 */
class KillIT {
  @TempDir Path folder;

  @Test
  void exactlyOnceEveryEventIsThereOnceAndNoOther() throws Exception {
    Outcome outcome =
        new KillRound(Config.Delivery.EXACTLY_ONCE, 11)
            .run(
                folder,
                List.of(
                    Fault.DETECTOR,
                    Fault.DETECTOR,
                    Fault.DETECTOR,
                    Fault.ALL_DETECTORS,
                    Fault.BROKER,
                    Fault.SENDER,
                    Fault.AWAY));
    assertThat(outcome.tally()).matches(KnownEvents.Tally::isExact);
    assertThat(outcome.tally().expected()).isGreaterThan(100);
    assertThat(outcome.deadLetters()).isZero();
  }

  /**
   * What was lost is told, not judged: a crash may lose a segment, and with it part of an event.
   */
  @Test
  void atLeastOnceNoEventIsThereTwiceAndNoneIsMadeUp() throws Exception {
    Outcome outcome =
        new KillRound(Config.Delivery.AT_LEAST_ONCE, 12)
            .run(folder, List.of(Fault.ALL_DETECTORS, Fault.BROKER_AND_DETECTOR));
    System.out.println("at least once: " + KillRounds.text(outcome));
    assertThat(outcome.tally().twice()).isEmpty();
    assertThat(outcome.tally().strays()).isEmpty();
    assertThat(outcome.tally().expected()).isGreaterThan(50);
    assertThat(outcome.deadLetters()).isZero();
  }

  @Test
  void commitsMovedBeforeTheirResultsAreFoundOut() throws Exception {
    String mutant = EarlyCommits.compile(folder).toString();
    Outcome outcome =
        new KillRound(Config.Delivery.EXACTLY_ONCE, 13, mutant)
            .run(folder, List.of(Fault.ALL_DETECTORS, Fault.ALL_DETECTORS));
    System.out.println("commits before results: " + KillRounds.text(outcome));
    assertThat(outcome.tally().missing()).isNotEmpty();
    assertThat(outcome.tally().isExact()).isFalse();
  }
}
