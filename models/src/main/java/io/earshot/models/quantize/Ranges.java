package io.earshot.models.quantize;

import java.util.function.Function;

/**
 * How the range of a tensor follows from the values that were seen in it.
 *
 * <pre>{@code
 * Ranges ranges = Ranges.percentile(99.99); // or entropy(), or minMax()
 * }</pre>
 *
 * <p>{@code percentile} cuts half of what is over at either end, whatever it may be (Wu et al.,
 * "Integer Quantization for Deep Learning Inference: Principles and Empirical Evaluation", 2020,
 * section 3.2; there of magnitudes). {@code entropy} cuts where the least information is lost
 * (Migacz, "8-bit Inference with TensorRT", GTC 2017). {@code minMax} cuts nothing.
 */
public final class Ranges {
  private final String name;
  private final Function<Histogram, Range> rule;

  private Ranges(String name, Function<Histogram, Range> rule) {
    this.name = name;
    this.rule = rule;
  }

  /**
   * The range that holds so much of the values.
   *
   * @param percent above 50, up to 100
   * @throws IllegalArgumentException it is not
   */
  public static Ranges percentile(double percent) {
    if (!(percent > 50 && percent <= 100)) {
      throw new IllegalArgumentException(percent + " is not above 50 and up to 100");
    }
    return new Ranges("percentile " + percent, seen -> PercentileRange.of(seen, percent));
  }

  public static Ranges entropy() {
    return new Ranges("entropy", EntropyRange::of);
  }

  public static Ranges minMax() {
    return new Ranges("minmax", seen -> new Range(seen.min(), seen.max()));
  }

  Range of(Histogram seen) {
    return rule.apply(seen);
  }

  /** Such as "percentile 99.99". */
  @Override
  public String toString() {
    return name;
  }
}
