package io.earshot.detector.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Intervals of 100, batches of 16; times are milliseconds. */
class CommitScheduleTest {
  private static final long MILLI = 1_000_000;
  private static final int BEHIND = 33;

  private final CommitSchedule schedule = new CommitSchedule(100 * MILLI, true, 16, 0);

  @Test
  void nothingIsOpenUntilSomethingIsSentAndAfterItIsCommitted() {
    assertThat(schedule.isOpen()).isFalse();
    schedule.sent(5 * MILLI);
    assertThat(schedule.isOpen()).isTrue();
    schedule.committed(6 * MILLI);
    assertThat(schedule.isOpen()).isFalse();
  }

  @Test
  void aResultWaitsForAnIntervalAtMostHoweverManyFollow() {
    schedule.committed(1_000 * MILLI);
    schedule.sent(1_010 * MILLI);
    schedule.sent(1_090 * MILLI);
    assertThat(schedule.deadline(5)).isEqualTo(1_110 * MILLI);
  }

  @Test
  void whenNothingMoreWaitsResultsWaitOnlyForTheDistanceBetweenCommits() {
    schedule.committed(1_000 * MILLI);
    schedule.sent(1_010 * MILLI);
    assertThat(schedule.deadline(0)).isEqualTo(1_050 * MILLI);
    schedule.committed(1_050 * MILLI);
    schedule.sent(1_500 * MILLI);
    assertThat(schedule.deadline(0)).as("at once").isLessThan(1_500 * MILLI);
  }

  @Test
  void readersWhoDoNotWaitForCommitsGetNoneAheadOfTime() {
    CommitSchedule relaxed = new CommitSchedule(100 * MILLI, false, 16, 0);
    relaxed.sent(500 * MILLI);
    assertThat(relaxed.deadline(0)).isEqualTo(600 * MILLI);
  }

  @Test
  void commitsAreFartherApartWhileMoreThanTwoBatchesWait() {
    schedule.sent(1_000 * MILLI);
    assertThat(schedule.deadline(BEHIND - 1)).isEqualTo(1_100 * MILLI);
    assertThat(schedule.deadline(BEHIND)).isEqualTo(1_400 * MILLI);
  }

  /** A transaction may stay open for its interval and 5 s: see Takeover. */
  @Test
  void aLongIntervalIsNotStretchedBeyondWhatItsTransactionMayTake() {
    CommitSchedule rare = new CommitSchedule(10_000 * MILLI, true, 16, 0);
    rare.sent(0);
    assertThat(rare.deadline(BEHIND)).isEqualTo(10_500 * MILLI);
  }

  /** Each batch of these takes longer than an interval: 40 of them are not one transaction. */
  @Test
  void batchesLongerThanAnIntervalDoNotPutTheCommitOff() {
    long now = 0;
    long due = 0;
    for (int batch = 0; batch < 40; batch++) {
      long start = now;
      now += 110 * MILLI;
      schedule.sent(now);
      schedule.scored(start, now);
      if (batch == 0) {
        due = schedule.deadline(BEHIND);
      }
      assertThat(schedule.deadline(BEHIND)).isEqualTo(due);
    }
    assertThat(due).isEqualTo(400 * MILLI);
  }

  @Test
  void resultsOfASlowBatchAreCommittedBesideTheNext() {
    schedule.sent(1_200 * MILLI);
    schedule.scored(0, 1_200 * MILLI);
    assertThat(schedule.deadline(BEHIND)).isLessThanOrEqualTo(1_200 * MILLI);
  }
}
