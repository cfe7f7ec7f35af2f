package io.earshot.models.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Distributions made by hand: 1000 values spread evenly, and a few far away. */
class RangesTest {
  private static Histogram spread(double low, double high, int count, float... others) {
    Histogram histogram = new Histogram();
    FloatBuffer values = FloatBuffer.allocate(count + others.length);
    for (int i = 0; i < count; i++) {
      values.put((float) (low + (high - low) * (i + 0.5) / count));
    }
    histogram.add(values.put(others).flip());
    return histogram;
  }

  @Test
  void minMaxHoldsAll() {
    Range range = Ranges.minMax().of(spread(-1, 2, 1000, 50));
    assertThat(range.low()).isCloseTo(-1, within(0.01));
    assertThat(range.high()).isEqualTo(50);
  }

  /** 5 of 1005 values are outliers: 0.5 %, which is what 99 % cuts off at one end. */
  @Test
  void thePercentileCutsWhatIsOver() {
    Histogram seen = spread(0, 1, 1000, 50, 51, 52, 53, 54);
    assertThat(Ranges.percentile(99).of(seen).high()).isCloseTo(1, within(0.05));
    assertThat(Ranges.percentile(99.9).of(seen).high()).isEqualTo(54);
    assertThat(Ranges.percentile(100).of(seen).high()).isEqualTo(54);
  }

  /** Of 10,000 values between 0 and 10, 90 % leaves 500 out above: 9.5, and one bin of 1/128. */
  @Test
  void thePercentileCutsHalfOfTheRestAtEachEnd() {
    Range above = Ranges.percentile(90).of(spread(0, 10, 10_000));
    assertThat(above.high()).isCloseTo(9.5, within(0.01));
    Range both = Ranges.percentile(90).of(spread(-5, 5, 10_000));
    assertThat(both.low()).isCloseTo(-4.5, within(0.01));
    assertThat(both.high()).isCloseTo(4.5, within(0.01));
  }

  @Test
  void zeroIsAlwaysInTheRange() {
    Range range = Ranges.percentile(99.99).of(spread(3, 4, 1000));
    assertThat(range.low()).isZero();
    assertThat(range.zeroPoint()).isZero();
    assertThat(Ranges.percentile(99).of(new Histogram())).isEqualTo(new Range(0, 0));
  }

  /** With the outliers in the range, 10,000 values would share 3 of its 256 levels. */
  @Test
  void entropyGivesUpAFewOutliersForTheMany() {
    Histogram seen = new Histogram();
    FloatBuffer values = FloatBuffer.allocate(10_003);
    for (int i = 0; i < 10_000; i++) {
      values.put((float) Math.abs(Math.sin(i * 0.7) * Math.sin(i * 1.3)));
    }
    seen.add(values.put(100).put(99).put(98).flip());
    Range range = Ranges.entropy().of(seen);
    assertThat(range.low()).isZero();
    assertThat(range.high()).isBetween(1.0, 50.0);
  }

  /** Where every level is as likely as any other, cutting would only lose. */
  @Test
  void entropyKeepsAllOfAnEvenSpread() {
    assertThat(Ranges.entropy().of(spread(0, 8, 100_000)).high()).isCloseTo(8, within(0.05));
    Range both = Ranges.entropy().of(spread(-8, 8, 100_000));
    assertThat(both.low()).isCloseTo(-8, within(0.1));
    assertThat(both.high()).isCloseTo(8, within(0.1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {50, 0, -1, 100.1, Double.NaN})
  void aPercentileIsAboveHalfAndNotAboveAll(double percent) {
    assertThatThrownBy(() -> Ranges.percentile(percent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(percent + " is not above 50 and up to 100");
  }

  /** 255 steps from -1 to 4: 5/255 each, and zero is at step 51. */
  @Test
  void stepsAndZeroPointFollowFromTheRange() {
    Range range = new Range(-1, 4);
    assertThat(range.scale()).isCloseTo(5f / 255, within(1e-9f));
    assertThat(range.zeroPoint()).isEqualTo(51);
    assertThat(new Range(0, 0).scale()).isEqualTo(1);
    assertThat(new Range(-3, -1).zeroPoint()).isEqualTo(255);
  }
}
