package io.earshot.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.earshot.models.head.Examples;
import io.earshot.models.head.Standardisation;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Examples in PyTorch's memory.
 *
 * @param inputs N x length of an embedding, standardised
 * @param targets N x classes
 */
record Tensors(NDArray inputs, NDArray targets) {

  /** Copied once; they live as long as the manager. */
  static Tensors of(Examples examples, Standardisation standard, NDManager manager) {
    return new Tensors(
        tensor(examples.inputs(), standard::apply, manager),
        tensor(examples.targets(), target -> target, manager));
  }

  /** The examples of these numbers, as long as the manager lives. */
  Tensors rows(NDArray numbers, NDManager scope) {
    NDIndex index = new NDIndex("{}", numbers);
    return new Tensors(inputs.get(scope, index), targets.get(scope, index));
  }

  private static NDArray tensor(
      List<float[]> rows, UnaryOperator<float[]> change, NDManager manager) {
    int width = rows.get(0).length;
    ByteBuffer values = manager.allocateDirect(rows.size() * width * Float.BYTES);
    for (float[] row : rows) {
      for (float value : change.apply(row)) {
        values.putFloat(value);
      }
    }
    return manager.create(values.flip(), new Shape(rows.size(), width), DataType.FLOAT32);
  }
}
