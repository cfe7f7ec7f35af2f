package io.earshot.models.pack;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code model.yaml} says of a package that computes with integers: what it was made of, how,
 * and how close it comes to that.
 *
 * <pre>{@code
 * Quantised quantised = ModelPackage.load(directory).manifest().quantised(); // null if it is not
 * double cosine = quantised.comparison().cosine(); // 0.9995
 * }</pre>
 *
 * @param from the package with the float32 network, and that network's digest
 * @param method how, in words
 */
public record Quantised(Manifest.Backbone from, String method, Comparison comparison) {
  /** The mean cosine that the same patches must have at least. */
  public static final double LEAST_COSINE = 0.995;

  /** The share of patches that must have the same top label at least. */
  public static final double LEAST_AGREEMENT = 0.9;

  /** How much accuracy may be lost: half a point of a hundred. */
  public static final double GREATEST_LOSS = 0.005;

  private static final double ROUNDING = 1e-9;

  public Quantised {
    if (method.isBlank()) {
      throw new IllegalArgumentException("method: is empty");
    }
  }

  /**
   * Both networks on the same clips, of which the ranges know nothing.
   *
   * @param clips whose patches were compared
   * @param vector what was compared: {@code embedding}, or {@code scores} where there is none
   * @param cosine of the two networks' vectors, mean over the patches
   * @param lowestCosine of a single patch
   * @param scores how far they differ; null for a backbone
   * @param accuracy of both; null without clips whose labels the package has
   * @param speedup processor time of the float32 network over that of this one, in batches of 16 on
   *     one thread of the machine that made it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Comparison(
      int clips,
      int patches,
      String vector,
      double cosine,
      double lowestCosine,
      @JsonProperty(required = false) Scores scores,
      @JsonProperty(required = false) Accuracies accuracy,
      double speedup) {

    /** Why the package must not be used, if it must not: begins with the key. */
    public Optional<String> fault() {
      if (!(cosine >= LEAST_COSINE)) {
        return fault("cosine: %.4f is below %.3f", cosine, LEAST_COSINE);
      }
      if (scores != null && !(scores.agreement() >= LEAST_AGREEMENT)) {
        return fault("scores.agreement: %.3f is below %.1f", scores.agreement(), LEAST_AGREEMENT);
      }
      if (accuracy != null && !(accuracy.loss() <= GREATEST_LOSS + ROUNDING)) {
        return fault(
            "accuracy: falls by %.2f points, more than %.1f",
            100 * accuracy.loss(), 100 * GREATEST_LOSS);
      }
      return Optional.empty();
    }

    private static Optional<String> fault(String format, double value, double limit) {
      return Optional.of(String.format(Locale.ROOT, format, value, limit));
    }
  }

  /**
   * The scores of the same patches.
   *
   * @param agreement share of the patches whose top label is the same
   * @param meanDifference of a score, without sign
   * @param greatestDifference of a score, without sign
   */
  public record Scores(double agreement, double meanDifference, double greatestDifference) {}

  /**
   * How often each network is right.
   *
   * @param before a share, 0 to 1, of the float32 network
   * @param after of this one
   * @param of of what: "320 clips of 10 labels"
   */
  public record Accuracies(double before, double after, String of) {
    double loss() {
      return before - after;
    }
  }
}
