package io.earshot.models.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreDistributionTest {
  private static final ScoreDistribution SCORES =
      new ScoreDistribution.Builder()
          .add("rain", 0.5f)
          .add("rain", 0.5004f)
          .add("rain", 1)
          .add("Waves, surf", 0)
          .build();

  @Test
  void aFileHasALineForEachBinWithScores() {
    assertThat(SCORES.format())
        .isEqualTo(
            """
            from,scores,label
            0.000,1,"Waves, surf"
            0.500,2,rain
            0.999,1,rain
            """);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    ScoreDistribution read = ScoreDistribution.parse(SCORES.format());
    assertThat(read.labels()).containsExactly("Waves, surf", "rain");
    assertThat(read.counts("rain")).isEqualTo(SCORES.counts("rain"));
    assertThat(read.total("rain")).isEqualTo(3);
    assertThat(read.total("dog")).isZero();
    assertThat(read.counts("dog")).isNull();
  }

  @Test
  void aScoreAtTheThresholdReachesIt() {
    for (int thousandth = 0; thousandth < 999; thousandth++) {
      float threshold = thousandth / 1000f;
      ScoreDistribution one = new ScoreDistribution.Builder().add("rain", threshold).build();
      assertThat(one.reaching("rain", threshold)).as("%s", threshold).isEqualTo(1);
      assertThat(one.reaching("rain", threshold + 0.001f)).as("%s", threshold).isZero();
    }
  }

  @Test
  void labelsThatAreMissingAreTakenOverAndOthersAreNot() {
    ScoreDistribution newer =
        new ScoreDistribution.Builder().add("rain", 0.7f).addMissing(SCORES).build();
    assertThat(newer.total("rain")).isEqualTo(1);
    assertThat(newer.total("Waves, surf")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | the first line is not \"from,scores,label\"",
        "'from,scores' | the first line is not \"from,scores,label\"",
        "'from,scores,label\n0.5,1,rain' | line 2: from is 0.5, allowed: 0.000 to 0.999",
        "'from,scores,label\n1.000,1,rain' | line 2: from is 1.000, allowed: 0.000 to 0.999",
        "'from,scores,label\n0.500,0,rain' | line 2: scores is 0, allowed: 1 to 999999999",
        "'from,scores,label\n0.500,-3,rain' | line 2: scores is -3, allowed: 1 to 999999999",
        "'from,scores,label\n0.500' | line 2 is not from,scores,label",
        "'from,scores,label\n0.500,1,a,b' | line 2 is not from,scores,label with CSV quotes"
      })
  void aLineThatIsNoneIsRefused(String csv, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScoreDistribution.parse(csv.equals("''") ? "" : csv))
        .withMessageStartingWith(message);
  }
}
