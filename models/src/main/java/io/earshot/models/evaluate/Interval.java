package io.earshot.models.evaluate;

/**
 * A share of clips and how far the true one may be from it.
 *
 * <pre>{@code
 * Interval interval = Interval.wilson(370, 400); // 0.895 to 0.947
 * }</pre>
 *
 * @param low the lower end, 0 to 1; NaN where nothing was counted, as {@code high} is
 * @param high the upper end, 0 to 1
 */
public record Interval(double low, double high) {
  /** The normal distribution's 97.5 % point. */
  private static final double Z = 1.959963984540054;

  /**
   * The score interval of 95 % (Wilson, 1927). It holds near 0 and 1, and for few clips, where the
   * interval of plus or minus two standard errors does not.
   */
  public static Interval wilson(long hits, long count) {
    if (count == 0) {
      return new Interval(Double.NaN, Double.NaN);
    }
    double share = (double) hits / count;
    double square = Z * Z / count;
    double centre = (share + square / 2) / (1 + square);
    double spread =
        Z * Math.sqrt(share * (1 - share) / count + square / (4.0 * count)) / (1 + square);
    return new Interval(Math.max(0, centre - spread), Math.min(1, centre + spread));
  }
}
