package io.earshot.models.evaluate.sed;

/**
 * What was counted, and the rates that follow from it. A rate without a divisor is NaN: the
 * precision where nothing was estimated, the recall and the error rates where nothing was to be
 * found, and F1 where either is NaN. (There sed_eval divides the errors by a tiny number instead.)
 *
 * <pre>{@code
 * Counts counts = metrics.overall();
 * double f1 = counts.fMeasure(); // 0 to 1
 * double errors = counts.errorRate(); // 0 or more, and above 1 with many insertions
 * }</pre>
 *
 * @param reference events, or active segments, of the truth
 * @param estimated likewise, as estimated
 * @param correct those of both that fit
 * @param substitutions wrong in their label alone
 * @param deletions of the truth, missed
 * @param insertions of the estimate, made up
 */
public record Counts(
    long reference,
    long estimated,
    long correct,
    long substitutions,
    long deletions,
    long insertions) {
  static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0);

  /** Of one label: what is not correct is missed or made up. */
  static Counts ofLabel(long reference, long estimated, long correct) {
    return new Counts(reference, estimated, correct, 0, reference - correct, estimated - correct);
  }

  Counts plus(Counts other) {
    return new Counts(
        reference + other.reference,
        estimated + other.estimated,
        correct + other.correct,
        substitutions + other.substitutions,
        deletions + other.deletions,
        insertions + other.insertions);
  }

  public double precision() {
    return rate(correct, estimated);
  }

  public double recall() {
    return rate(correct, reference);
  }

  /** F1: the harmonic mean of precision and recall. */
  public double fMeasure() {
    double sum = precision() + recall();
    return sum == 0 ? 0 : 2 * precision() * recall() / sum;
  }

  public double substitutionRate() {
    return rate(substitutions, reference);
  }

  public double deletionRate() {
    return rate(deletions, reference);
  }

  public double insertionRate() {
    return rate(insertions, reference);
  }

  /** The sum of the three. */
  public double errorRate() {
    return substitutionRate() + deletionRate() + insertionRate();
  }

  private static double rate(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }
}
