package io.earshot.models.importer;

import java.util.List;

/** Reorders the axes of a row-major tensor. */
final class Transposition {

  private Transposition() {}

  /**
   * The values with axis {@code axes[i]} of the input as axis {@code i} of the output, as NumPy's
   * {@code transpose} does.
   */
  static float[] of(float[] values, List<Integer> shape, int... axes) {
    int[] strides = new int[shape.size()];
    int stride = 1;
    for (int axis = shape.size() - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.get(axis);
    }
    float[] out = new float[values.length];
    int[] index = new int[axes.length];
    for (int i = 0; i < out.length; i++) {
      int from = 0;
      for (int k = 0; k < axes.length; k++) {
        from += index[k] * strides[axes[k]];
      }
      out[i] = values[from];
      increment(index, shape, axes);
    }
    return out;
  }

  private static void increment(int[] index, List<Integer> shape, int[] axes) {
    for (int k = axes.length - 1; k >= 0; k--) {
      if (++index[k] < shape.get(axes[k])) {
        return;
      }
      index[k] = 0;
    }
  }
}
