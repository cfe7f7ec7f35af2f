package io.earshot.models.quantize;

/** The range that leaves out the same small share of the values at either end. */
final class PercentileRange {
  private PercentileRange() {}

  static Range of(Histogram seen, double percent) {
    double tail = seen.total() * (100 - percent) / 100 / 2;
    return new Range(Math.max(seen.min(), low(seen, tail)), Math.min(seen.max(), high(seen, tail)));
  }

  /** The lower edge of the lowest bin that stays. */
  private static double low(Histogram seen, double tail) {
    long below = 0;
    for (int i = -Histogram.HALF; i < 0; i++) {
      below += seen.count(i);
      if (below > tail) {
        return i * seen.width();
      }
    }
    return 0;
  }

  /** The upper edge of the highest bin that stays. */
  private static double high(Histogram seen, double tail) {
    long above = 0;
    for (int i = Histogram.HALF - 1; i >= 0; i--) {
      above += seen.count(i);
      if (above > tail) {
        return (i + 1) * seen.width();
      }
    }
    return 0;
  }
}
