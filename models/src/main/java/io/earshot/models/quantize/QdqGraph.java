package io.earshot.models.quantize;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph with pairs of QuantizeLinear and DequantizeLinear, from which ONNX Runtime makes integer
 * kernels: uint8 between the layers, int8 weights with a scale for each channel, int32 biases.
 *
 * <p>Each weight is stored as int8 alone, so that the file is about a quarter of what it was.
 */
final class QdqGraph {
  /** Beyond it, a bias and what is added to it might not fit 32 bits. */
  private static final double GREATEST_BIAS = 1 << 30;

  private final Constants constants;
  private final QdqPlan plan;
  private final Map<String, Range> ranges;
  private final GraphProto.Builder graph;

  private QdqGraph(GraphProto source, QdqPlan plan, Map<String, Range> ranges) {
    this.constants = new Constants(source);
    this.plan = plan;
    this.ranges = ranges;
    this.graph = source.toBuilder().clearNode().clearInitializer().clearValueInfo();
  }

  /**
   * Rewrites a graph; its inputs and outputs stay float32.
   *
   * @param ranges of every source of the plan
   */
  static GraphProto of(GraphProto source, QdqPlan plan, Map<String, Range> ranges) {
    QdqGraph rewritten = new QdqGraph(source, plan, ranges);
    source.getInputList().stream().map(ValueInfoProto::getName).forEach(rewritten::addPair);
    for (NodeProto node : source.getNodeList()) {
      rewritten.add(node);
      node.getOutputList().forEach(rewritten::addPair);
    }
    return rewritten.withUsedConstants(source);
  }

  private void add(NodeProto node) {
    NodeProto.Builder changed = node.toBuilder();
    for (int i = 0; i < node.getInputCount(); i++) {
      if (plan.sources().containsKey(node.getInput(i))) {
        changed.setInput(i, dequantized(node.getInput(i)));
      }
    }
    IntegerLayer layer = node.getOutputCount() == 0 ? null : plan.layers().get(node.getOutput(0));
    if (layer != null) {
      addWeights(layer, changed);
    }
    graph.addNode(changed);
  }

  private void addPair(String tensor) {
    String source = plan.sources().get(tensor);
    if (source == null) {
      return;
    }
    Range range = ranges.get(source);
    String scale = tensor + ".scale";
    String zero = tensor + ".zero";
    floats(scale, List.of(), range.scale());
    constant(
        zero,
        DataType.UINT8,
        List.of(),
        ByteString.copyFrom(new byte[] {(byte) range.zeroPoint()}));
    node("QuantizeLinear", tensor + ".quantized", tensor, scale, zero);
    node("DequantizeLinear", dequantized(tensor), tensor + ".quantized", scale, zero);
  }

  private void addWeights(IntegerLayer layer, NodeProto.Builder node) {
    float inputScale = ranges.get(plan.sources().get(layer.input())).scale();
    List<Integer> shape = constants.shape(layer.weights());
    int channels = shape.get(layer.axis());
    float[] bias = layer.bias().map(this::values).orElseGet(() -> new float[channels]);
    ChannelWeights weights =
        ChannelWeights.of(
            constants.floats(layer.weights()), shape, layer.axis(), least(bias, inputScale));
    String name = layer.output() + ".int8_weights";
    constant(name, DataType.INT8, shape, UnsafeByteOperations.unsafeWrap(weights.values()));
    floats(name + ".scale", List.of(channels), weights.scales());
    constant(
        name + ".zero", DataType.INT8, List.of(channels), ByteString.copyFrom(new byte[channels]));
    dequantize(name, layer.axis(), name, name + ".scale", name + ".zero");
    node.setInput(1, dequantized(name));
    if (layer.bias().isPresent()) {
      addBias(layer.output() + ".int32_bias", bias, inputScale, weights.scales());
      node.setInput(2, dequantized(layer.output() + ".int32_bias"));
    }
  }

  /** A bias is added to sums of products, so its step is the product of both steps. */
  private void addBias(String name, float[] bias, float inputScale, float[] weightScales) {
    float[] scales = new float[bias.length];
    ByteBuffer rounded = ByteBuffer.allocate(Integer.BYTES * bias.length);
    rounded.order(ByteOrder.LITTLE_ENDIAN);
    for (int c = 0; c < bias.length; c++) {
      scales[c] = inputScale * weightScales[c];
      rounded.putInt(Math.round(bias[c] / scales[c]));
    }
    List<Integer> shape = List.of(bias.length);
    constant(name, DataType.INT32, shape, UnsafeByteOperations.unsafeWrap(rounded.flip()));
    floats(name + ".scale", shape, scales);
    dequantize(name, 0, name, name + ".scale");
  }

  /** The scales below which a channel's bias would not fit. */
  private static float[] least(float[] bias, float inputScale) {
    float[] least = new float[bias.length];
    for (int c = 0; c < bias.length; c++) {
      least[c] = (float) (Math.abs(bias[c]) / (inputScale * GREATEST_BIAS));
    }
    return least;
  }

  private float[] values(String constant) {
    FloatBuffer values = constants.floats(constant);
    float[] copy = new float[values.limit()];
    values.get(0, copy);
    return copy;
  }

  private static String dequantized(String tensor) {
    return tensor + ".dequantized";
  }

  private void dequantize(String tensor, int axis, String... inputs) {
    node("DequantizeLinear", dequantized(tensor), inputs);
    graph
        .getNodeBuilder(graph.getNodeCount() - 1)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("axis")
                .setType(AttributeProto.AttributeType.INT)
                .setI(axis));
  }

  private void node(String operator, String output, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(output)
            .setOpType(operator)
            .addAllInput(List.of(inputs))
            .addOutput(output));
  }

  private void floats(String name, List<Integer> shape, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    constant(name, DataType.FLOAT, shape, UnsafeByteOperations.unsafeWrap(bytes));
  }

  private void constant(String name, DataType type, List<Integer> shape, ByteString littleEndian) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .addAllDims(shape.stream().map(Integer::longValue).toList())
            .setRawData(littleEndian));
  }

  private GraphProto withUsedConstants(GraphProto source) {
    Set<String> used = new HashSet<>();
    graph.getNodeList().forEach(node -> used.addAll(node.getInputList()));
    source.getInitializerList().stream()
        .filter(constant -> used.contains(constant.getName()))
        .forEach(graph::addInitializer);
    return graph.build();
  }
}
