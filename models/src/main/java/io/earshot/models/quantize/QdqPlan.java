package io.earshot.models.quantize;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which layers of a graph compute with integers, and which tensors are 8 bits between them.
 *
 * <p>What lies behind the embedding stays float32: heads cost next to nothing, and their scores are
 * calibrated. Pooling and reshaping work on the same 8 bits as what is before them, so that a chain
 * of layers never leaves the integers.
 */
final class QdqPlan {
  /** Their output holds values of their input and no others. */
  private static final Set<String> MOVES_VALUES =
      Set.of("MaxPool", "Flatten", "Reshape", "Transpose", "Squeeze", "Unsqueeze");

  private static final Set<String> ACTIVATIONS = Set.of("Relu", "Clip");

  private final Constants constants;
  private final Set<String> outputs;
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Set<String> behind = new HashSet<>();
  private final Map<String, IntegerLayer> layers = new LinkedHashMap<>();
  private final Map<String, String> sources = new LinkedHashMap<>();

  private QdqPlan(GraphProto graph, String embedding) {
    constants = new Constants(graph);
    outputs =
        graph.getOutputList().stream().map(ValueInfoProto::getName).collect(Collectors.toSet());
    for (NodeProto node : graph.getNodeList()) {
      for (String input : new TreeSet<>(node.getInputList())) {
        readers.computeIfAbsent(input, it -> new ArrayList<>()).add(node);
      }
    }
    behind.add(embedding);
    graph.getNodeList().forEach(this::visit);
  }

  /**
   * Plans a graph, whose nodes stand in the order of execution.
   *
   * @param embedding the tensor behind which everything stays as it is
   */
  static QdqPlan of(GraphProto graph, String embedding) {
    return new QdqPlan(graph, embedding);
  }

  /** The integer layers by the name of their output, in the order of execution. */
  Map<String, IntegerLayer> layers() {
    return layers;
  }

  /** Each tensor that becomes 8 bits, and the tensor whose range it has: itself or one before. */
  Map<String, String> sources() {
    return sources;
  }

  private void visit(NodeProto node) {
    if (node.getInputList().stream().anyMatch(behind::contains)) {
      behind.addAll(node.getOutputList());
      return;
    }
    String input = node.getInputCount() > 0 ? node.getInput(0) : "";
    String output = node.getOutputCount() > 0 ? node.getOutput(0) : "";
    if (MOVES_VALUES.contains(node.getOpType())
        && sources.containsKey(input)
        && !outputs.contains(output)) {
      sources.put(output, sources.get(input));
    }
    IntegerLayer.of(node, constants).ifPresent(this::add);
  }

  private void add(IntegerLayer layer) {
    Optional<String> written = activated(layer.output());
    if (layer.isConvolution() && written.isEmpty()) {
      return;
    }
    layers.put(layer.output(), layer);
    sources.putIfAbsent(layer.input(), layer.input());
    if (layer.isConvolution()) {
      sources.put(written.get(), written.get());
    }
  }

  /** What a layer hands on, behind its activation if it has one; none if that is an output. */
  private Optional<String> activated(String tensor) {
    if (outputs.contains(tensor)) {
      return Optional.empty();
    }
    List<NodeProto> all = readers.getOrDefault(tensor, List.of());
    if (all.size() == 1
        && ACTIVATIONS.contains(all.get(0).getOpType())
        && all.get(0).getInput(0).equals(tensor)) {
      String active = all.get(0).getOutput(0);
      return outputs.contains(active) ? Optional.empty() : Optional.of(active);
    }
    return Optional.of(tensor);
  }
}
