package io.earshot.detector.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.models.pack.ScoreDistribution;
import org.junit.jupiter.api.Test;

class MinuteScoresTest {
  private static final long HOP = 960;
  private static final long MINUTE = 60_000;

  private final LabelDrift drift = drift();
  private final MinuteScores stream = new MinuteScores(new LabelDrift[] {null, drift});

  private static LabelDrift drift() {
    ScoreDistribution.Builder known = new ScoreDistribution.Builder();
    for (int i = 0; i < 1_000; i++) {
      known.add("rain", 0.5f + i % 500 / 1_000f);
    }
    return LabelDrift.of(known.build(), "rain", 0.5f);
  }

  @Test
  void anHourOfOneSoundIsSixtyScores() {
    for (long at = 0; at < 60 * MINUTE; at += HOP) {
      add(at, 0.7f);
    }
    assertThat(drift.index(0)).isEmpty();
    for (long at = 60 * MINUTE; at < 110 * MINUTE; at += HOP) {
      add(at, 0.7f);
    }
    assertThat(drift.index(0)).isPresent();
  }

  @Test
  void whatDoesNotReachTheThresholdIsNoScoreAndEndsAMinute() {
    for (int minute = 0; minute < 200; minute++) {
      add(minute * MINUTE, 0.49f);
    }
    assertThat(drift.index(0)).isEmpty();
    for (int minute = 200; minute < 400; minute += 2) {
      add(minute * MINUTE, 0.7f);
      add((minute + 1) * MINUTE, 0.1f);
    }
    assertThat(drift.index(0)).isPresent();
  }

  /** The first of each minute alone would be a beginning, less sure than what follows. */
  @Test
  void everyScoreOfAMinuteIsAsLikely() {
    for (int minute = 0; minute < 2_000; minute++) {
      for (int segment = 0; segment < 50; segment++) {
        add(minute * MINUTE + segment * HOP, 0.505f + segment / 100f);
      }
    }
    assertThat(drift.index(0).getAsDouble()).isLessThan(0.05);
  }

  private void add(long startMillis, float score) {
    stream.add(new float[] {1, score}, startMillis, 0);
  }
}
