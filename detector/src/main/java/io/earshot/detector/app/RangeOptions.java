package io.earshot.detector.app;

import io.earshot.models.quantize.Ranges;
import picocli.CommandLine.Option;

/** How the ranges of 8-bit tensors are found. */
final class RangeOptions {
  private static final double PERCENTILE = 99.99;

  enum Rule {
    PERCENTILE,
    ENTROPY,
    MINMAX
  }

  @Option(
      names = "--ranges",
      paramLabel = "percentile|entropy|minmax",
      defaultValue = "percentile",
      description = {
        "percentile (the default): what all but a few values are in.",
        "entropy: what loses least information. minmax: what every value is in."
      })
  private Rule rule;

  @Option(
      names = "--percentile",
      paramLabel = "P",
      description =
          "Of the values that are in the range, with --ranges percentile; 99.99 by default.")
  private Double percentile;

  Ranges get() throws UserException {
    if (percentile != null && rule != Rule.PERCENTILE) {
      throw UserException.wrongUse("--percentile: has no effect without --ranges percentile");
    }
    try {
      return switch (rule) {
        case PERCENTILE -> Ranges.percentile(percentile == null ? PERCENTILE : percentile);
        case ENTROPY -> Ranges.entropy();
        case MINMAX -> Ranges.minMax();
      };
    } catch (IllegalArgumentException e) {
      throw UserException.wrongUse("--percentile: " + e.getMessage(), e);
    }
  }
}
