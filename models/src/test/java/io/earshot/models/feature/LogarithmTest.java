package io.earshot.models.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogarithmTest {
  /** Half a unit in the last place is rounding's own. */
  private static final double MOST_ULPS = 0.501;

  @Test
  void isMathsLogarithmRoundedOverTheWholeRange() {
    Random random = new Random(3);
    for (int exponent = Double.MIN_EXPONENT; exponent <= Double.MAX_EXPONENT; exponent++) {
      for (int i = 0; i < 200; i++) {
        assertClose(Math.scalb(1 + random.nextDouble(), exponent));
      }
      assertClose(Math.scalb(1.0, exponent));
      assertClose(Math.nextDown(Math.scalb(2.0, exponent)));
    }
  }

  /** From the floor of silence to full scale; every table entry many times, and both its ends. */
  @Test
  void isMathsLogarithmRoundedWhereMelsLie() {
    for (long high = Double.doubleToRawLongBits(1e-4) >>> 32;
        high < Double.doubleToRawLongBits(1e3) >>> 32;
        high += 0x100) {
      double x = Double.longBitsToDouble(high << 32);
      assertClose(x);
      assertClose(Math.nextDown(x));
    }
  }

  @Test
  void losesNothingAroundOneWhereTheResultIsNextToNought() {
    Random random = new Random(4);
    assertThat(Logarithm.of(1)).isZero();
    for (double off = 0.01; off > 1e-15; off *= 0.9) {
      assertClose(1 + off * random.nextDouble());
      assertClose(1 - off * random.nextDouble());
    }
  }

  @Test
  void isMathsLogarithmOfWhatIsNoPositiveNormalNumber() {
    for (double x :
        new double[] {
          0, -0.0, -1, Double.MIN_VALUE, Double.POSITIVE_INFINITY, Double.NaN, -Double.MAX_VALUE
        }) {
      Float expected = (float) Math.log(x);
      assertThat(Logarithm.of(x)).as("of %s", x).isEqualTo(expected);
    }
  }

  private static void assertClose(double x) {
    double expected = Math.log(x);
    double ulps = Math.abs(Logarithm.of(x) - expected) / Math.ulp((float) expected);
    if (!(ulps <= MOST_ULPS)) {
      assertThat(ulps).as("ulps at %s", x).isLessThanOrEqualTo(MOST_ULPS);
    }
  }
}
