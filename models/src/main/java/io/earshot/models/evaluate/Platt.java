package io.earshot.models.evaluate;

import java.util.List;

/**
 * A logit's straight line to a calibrated one: {@code scale * logit + shift}, fitted by maximum
 * likelihood with Newton's method.
 *
 * <p>Source: J. Platt, "Probabilistic outputs for support vector machines" (1999), with the
 * corrections of Lin, Lin and Weng (2007): smoothed targets, so that a class told apart without
 * error does not end in scores of 0 and 1.
 */
public record Platt(double scale, double shift) {
  private static final int ITERATIONS = 50;
  private static final double RIDGE = 1e-6;

  /** Scores are float32: nearer to 0 and 1 the logit means nothing. */
  private static final double EXTREME = 1e-6;

  /**
   * Fits the line.
   *
   * @param logits one per case
   * @param positives whether each is of the class; both kinds must be there
   */
  public static Platt fit(List<Double> logits, List<Boolean> positives) {
    long count = positives.stream().filter(positive -> positive).count();
    double high = (count + 1.0) / (count + 2.0);
    double low = 1.0 / (positives.size() - count + 2.0);
    List<Double> targets = positives.stream().map(positive -> positive ? high : low).toList();
    Platt line = new Platt(1, 0);
    for (int i = 0; i < ITERATIONS; i++) {
      line = line.improved(logits, targets);
    }
    // A class that is worse than chance on these cases is left as it is, not turned round.
    return line.scale > 0 ? line : new Platt(1, 0);
  }

  /** The logit of a score that a network has rounded. */
  public static double logit(double score) {
    double inside = Math.min(1 - EXTREME, Math.max(EXTREME, score));
    return Math.log(inside / (1 - inside));
  }

  public static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  private Platt improved(List<Double> logits, List<Double> targets) {
    double gradientScale = 0;
    double gradientShift = 0;
    double a = RIDGE;
    double b = 0;
    double c = RIDGE;
    for (int i = 0; i < logits.size(); i++) {
      double logit = logits.get(i);
      double p = sigmoid(scale * logit + shift);
      double error = p - targets.get(i);
      double weight = Math.max(p * (1 - p), 1e-9);
      gradientScale += error * logit;
      gradientShift += error;
      a += weight * logit * logit;
      b += weight * logit;
      c += weight;
    }
    double determinant = a * c - b * b;
    double stepScale = (c * gradientScale - b * gradientShift) / determinant;
    double stepShift = (a * gradientShift - b * gradientScale) / determinant;
    // A full step can overshoot where the curve is flat.
    double length = Math.max(1, Math.max(Math.abs(stepScale), Math.abs(stepShift)));
    return new Platt(scale - stepScale / length, shift - stepShift / length);
  }
}
