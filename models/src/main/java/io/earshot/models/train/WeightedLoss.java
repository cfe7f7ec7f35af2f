package io.earshot.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * Binary cross-entropy of each class, in which a class's positive examples weigh {@code (negatives
 * / positives) ^ balance}.
 */
final class WeightedLoss {
  private static final double MOST = 100;

  private final NDArray weights;

  private WeightedLoss(NDArray weights) {
    this.weights = weights;
  }

  /** Lives as long as the manager. */
  static WeightedLoss of(List<float[]> targets, double balance, NDManager manager) {
    return new WeightedLoss(manager.create(weights(targets, balance)));
  }

  /** One per class; soft targets count as so much of an example. */
  static float[] weights(List<float[]> targets, double balance) {
    float[] weights = new float[targets.get(0).length];
    for (int c = 0; c < weights.length; c++) {
      double positives = 0;
      for (float[] row : targets) {
        positives += row[c];
      }
      double ratio = (targets.size() - positives) / Math.max(positives, 1e-9);
      weights[c] = (float) Math.min(MOST, Math.pow(ratio, balance));
    }
    return weights;
  }

  /** Summed over classes, mean over examples; stable for large logits of either sign. */
  NDArray of(NDArray logits, NDArray targets) {
    NDArray positive = targets.mul(weights);
    NDArray softplus = logits.maximum(0).add(logits.abs().neg().exp().add(1).log());
    // -w t log(s) - (1 - t) log(1 - s), where -log(1 - s) = softplus(z) and log(s) = z -
    // softplus(z)
    NDArray loss = positive.sub(targets).add(1).mul(softplus).sub(positive.mul(logits));
    return loss.sum().div(targets.size(0));
  }
}
