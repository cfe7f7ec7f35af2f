package io.earshot.detector.inference;

import java.nio.FloatBuffer;

/** A network: patches in, one score per class out. {@code models.onnx.Network} is one. */
public interface Scorer {
  /**
   * Scores a batch.
   *
   * @param patches direct, {@code count} x 96 x 64
   * @param scores direct, filled with {@code count} x classes
   * @throws io.earshot.models.onnx.ModelException the network failed on this batch; smaller ones
   *     may do
   * @throws Exception anything else that failed; the batch is then not lost but scored by the next
   *     worker
   */
  void score(FloatBuffer patches, int count, FloatBuffer scores) throws Exception;
}
