package io.earshot.models.head;

import io.earshot.models.evaluate.Platt;
import io.earshot.models.onnx.GraphRun;
import io.earshot.models.onnx.ModelException;
import io.earshot.models.onnx.OnnxGraph;
import java.util.List;

/**
 * Whether a head gives the same scores to 1e-5 wherever it is computed: by its trainer, by {@link
 * DenseHead}, by ONNX Runtime.
 *
 * <pre>{@code
 * HeadCheck check = new HeadCheck(head, heldOut.inputs());
 * check.trainer(logitsOfTheTrainer);
 * check.onnx();
 * }</pre>
 *
 * <p>Scores are the sigmoids of the logits. They say little of logits far from 0, so those may be
 * off by no more than a hundred-thousandth either, of the largest logit or of 1.
 */
public final class HeadCheck {
  private static final double TOLERANCE = 1e-5;

  private final DenseHead head;
  private final List<float[]> inputs;

  /**
   * @param inputs embeddings to compare on
   */
  public HeadCheck(DenseHead head, List<float[]> inputs) {
    this.head = head;
    this.inputs = inputs;
  }

  /**
   * Compares with what the trainer computed.
   *
   * @param logits inputs x classes
   * @throws ModelException they differ
   */
  public void trainer(float[] logits) {
    compare("its trainer", logits);
  }

  /**
   * Compares with the head's own ONNX graph.
   *
   * @throws ModelException they differ, or the graph does not run
   */
  public void onnx() {
    if (!inputs.isEmpty()) {
      compare("ONNX Runtime", GraphRun.of(graph(), inputs.size(), head.inputs(), together()));
    }
  }

  private OnnxGraph graph() {
    OnnxGraph graph = new OnnxGraph("head").input("embedding", head.inputs());
    return graph.output(head.addTo(graph, "embedding"), head.outputs());
  }

  private float[] together() {
    float[] all = new float[inputs.size() * head.inputs()];
    for (int i = 0; i < inputs.size(); i++) {
      System.arraycopy(inputs.get(i), 0, all, i * head.inputs(), head.inputs());
    }
    return all;
  }

  private void compare(String with, float[] logits) {
    double largest = 1;
    double logitOff = 0;
    double scoreOff = 0;
    for (int i = 0; i < inputs.size(); i++) {
      float[] ours = head.logits(inputs.get(i));
      for (int c = 0; c < ours.length; c++) {
        double theirs = logits[i * ours.length + c];
        largest = Math.max(largest, Math.abs(theirs));
        logitOff = larger(logitOff, ours[c] - theirs);
        scoreOff = larger(scoreOff, Platt.sigmoid(ours[c]) - Platt.sigmoid(theirs));
      }
    }
    // A difference that is no number fails as well.
    if (!(scoreOff <= TOLERANCE && logitOff <= TOLERANCE * largest)) {
      throw new ModelException(
          "The head and %s differ: scores by %.1e, logits by %.1e; allowed is %.0e"
              .formatted(with, scoreOff, logitOff, TOLERANCE));
    }
  }

  /** NaN once there is one. */
  private static double larger(double known, double difference) {
    return Math.max(known, Math.abs(difference));
  }
}
