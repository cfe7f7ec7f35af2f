package io.earshot.models.importer;

import java.util.List;

/**
 * A value computed in the ONNX graph: N x channels x height x width, or N x channels once it is
 * pooled (height and width are then 1).
 */
record Activation(String name, int height, int width, int channels) {

  /** True if TFLite's shape of the same value, channels last and a batch of one, agrees. */
  boolean fits(List<Integer> shape) {
    return shape.equals(List.of(1, height, width, channels))
        || (height == 1 && width == 1 && shape.equals(List.of(1, channels)))
        || (channels == 1 && shape.equals(List.of(1, height, width)));
  }
}
