package io.earshot.detector.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earshot.models.pack.ScoreDistribution;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelDriftTest {
  private static final float THRESHOLD = 0.5f;
  private static final long NOW = 1_000;

  /** So many scores of 0.505, 0.605 ... 0.905 each. */
  private static ScoreDistribution evenly(int each) {
    ScoreDistribution.Builder scores = new ScoreDistribution.Builder();
    for (int i = 0; i < 5 * each; i++) {
      scores.add("dog", 0.505f + i % 5 / 10f);
    }
    // Below the threshold: whatever it is, it makes no difference.
    for (int i = 0; i < 1_000; i++) {
      scores.add("dog", 0.2f);
    }
    return scores.build();
  }

  @Test
  void scoresAsBeforeHaveNotDrifted() {
    LabelDrift drift = LabelDrift.of(evenly(20), "dog", THRESHOLD);
    for (int i = 0; i < 500; i++) {
      drift.add(0.505f + i % 5 / 10f, NOW);
    }
    assertThat(drift.index(NOW).getAsDouble()).isLessThan(0.001);
  }

  @Test
  void theIndexIsThatOfTheFormula() {
    LabelDrift drift = LabelDrift.of(evenly(2_000_000), "dog", THRESHOLD);
    // All in one group of five, 100 of them fading: the others have half a score each.
    for (int i = 0; i < 100; i++) {
      drift.add(0.55f, NOW);
    }
    double live = (1 - Math.pow(1 - 1.0 / 500, 100)) * 500;
    double one = (live + 0.5) / (live + 2.5);
    double none = 0.5 / (live + 2.5);
    double expected = (one - 0.2) * Math.log(one / 0.2) + 4 * (none - 0.2) * Math.log(none / 0.2);
    assertThat(drift.index(NOW).getAsDouble()).isCloseTo(expected, within(1e-4));
  }

  @Test
  void whatIsUnsureHasDriftedFarFromWhatWasSure() {
    ScoreDistribution.Builder sure = new ScoreDistribution.Builder();
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      sure.add("dog", 0.8f + 0.2f * random.nextFloat());
    }
    LabelDrift drift = LabelDrift.of(sure.build(), "dog", THRESHOLD);
    for (int i = 0; i < 500; i++) {
      drift.add(0.5f + 0.3f * random.nextFloat(), NOW);
    }
    assertThat(drift.index(NOW).getAsDouble()).isGreaterThan(1);
    // And back: the last five hundred weigh more than those before.
    for (int i = 0; i < 2_000; i++) {
      drift.add(0.8f + 0.2f * random.nextFloat(), NOW);
    }
    assertThat(drift.index(NOW).getAsDouble()).isLessThan(0.1);
  }

  @Test
  void chanceAloneIsNoDrift() {
    Random random = new Random(7);
    int over = 0;
    for (int run = 0; run < 100; run++) {
      ScoreDistribution.Builder known = new ScoreDistribution.Builder();
      for (int i = 0; i < 160; i++) {
        known.add("dog", 0.5f + 0.5f * random.nextFloat());
      }
      LabelDrift drift = LabelDrift.of(known.build(), "dog", THRESHOLD);
      for (int i = 0; i < 500; i++) {
        drift.add(0.5f + 0.5f * random.nextFloat(), NOW);
      }
      over += drift.index(NOW).getAsDouble() > 0.1 ? 1 : 0;
    }
    assertThat(over).as("of 100").isLessThanOrEqualTo(5);
  }

  @Test
  void backgroundIsNotCounted() {
    LabelDrift drift = LabelDrift.of(evenly(20), "dog", THRESHOLD);
    assertThat(drift.reaches(0.49f)).isFalse();
    assertThat(drift.reaches(0.5f)).isTrue();
  }

  @Test
  void nothingIsToldOfFewScores() {
    LabelDrift drift = LabelDrift.of(evenly(20), "dog", THRESHOLD);
    for (int i = 0; i < 99; i++) {
      drift.add(0.5f, NOW);
    }
    assertThat(drift.index(NOW)).isEmpty();
    drift.add(0.5f, NOW);
    assertThat(drift.index(NOW)).isPresent();
  }

  @Test
  void anIndexThatIsADayOldIsToldNoMore() {
    LabelDrift drift = LabelDrift.of(evenly(20), "dog", THRESHOLD);
    for (int i = 0; i < 100; i++) {
      drift.add(0.5f, NOW);
    }
    long day = Duration.ofDays(1).toMillis();
    assertThat(drift.index(NOW + day - 1)).isPresent();
    assertThat(drift.index(NOW + day)).isEmpty();
  }

  @Test
  void ofFewKnownScoresOrEqualOnesNothingIsTold() {
    assertThat(LabelDrift.of(evenly(9), "dog", THRESHOLD)).isNull();
    assertThat(LabelDrift.of(evenly(10), "dog", THRESHOLD)).isNotNull();
    assertThat(LabelDrift.of(evenly(10), "cat", THRESHOLD)).isNull();
    ScoreDistribution.Builder alike = new ScoreDistribution.Builder();
    for (int i = 0; i < 100; i++) {
      alike.add("dog", 1);
    }
    assertThat(LabelDrift.of(alike.build(), "dog", THRESHOLD)).isNull();
  }
}
