package io.earshot.models.quantize;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Optional;

/**
 * A node that ONNX Runtime can compute with integers: a convolution or a matrix product with
 * constant weights.
 *
 * <p>Source of what it can: onnxruntime, {@code qdq_selectors.cc} and {@code
 * qdq_selector_action_transformer.cc}.
 *
 * @param axis of the output channels in the weights
 */
record IntegerLayer(NodeProto node, int axis) {

  /** The node as a layer, if it is one. */
  static Optional<IntegerLayer> of(NodeProto node, Constants constants) {
    boolean weighted =
        node.getInputCount() >= 2
            && constants.has(node.getInput(1))
            && !constants.has(node.getInput(0));
    if (!weighted) {
      return Optional.empty();
    }
    List<Integer> weights = constants.shape(node.getInput(1));
    int axis =
        switch (node.getOpType()) {
          case "Conv" -> weights.size() == 4 ? 0 : -1;
          case "MatMul" -> weights.size() == 2 ? 1 : -1;
          case "Gemm" -> isPlain(node) ? (attribute(node, "transB", 0) == 1 ? 0 : 1) : -1;
          default -> -1;
        };
    return axis >= 0 && hasPlainBias(node, constants, weights.get(axis))
        ? Optional.of(new IntegerLayer(node, axis))
        : Optional.empty();
  }

  String input() {
    return node.getInput(0);
  }

  String weights() {
    return node.getInput(1);
  }

  Optional<String> bias() {
    return node.getInputCount() > 2 && !node.getInput(2).isEmpty()
        ? Optional.of(node.getInput(2))
        : Optional.empty();
  }

  String output() {
    return node.getOutput(0);
  }

  /** Its integer kernel writes integers and nothing else; those of products may write floats. */
  boolean isConvolution() {
    return node.getOpType().equals("Conv");
  }

  private static boolean hasPlainBias(NodeProto node, Constants constants, int channels) {
    return node.getInputCount() < 3
        || node.getInput(2).isEmpty()
        || (constants.has(node.getInput(2))
            && constants.shape(node.getInput(2)).equals(List.of(channels)));
  }

  /** The input as it is, and nothing scaled. */
  private static boolean isPlain(NodeProto node) {
    return attribute(node, "transA", 0) == 0
        && attribute(node, "alpha", 1) == 1
        && attribute(node, "beta", 1) == 1;
  }

  private static double attribute(NodeProto node, String name, double standard) {
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.getName().equals(name)) {
        return attribute.getType() == AttributeProto.AttributeType.FLOAT
            ? attribute.getF()
            : attribute.getI();
      }
    }
    return standard;
  }
}
