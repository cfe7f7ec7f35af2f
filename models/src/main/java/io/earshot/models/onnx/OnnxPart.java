package io.earshot.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of an ONNX model that computes one of its outputs, as a graph that can be built on.
 *
 * <pre>{@code
 * OnnxGraph graph = OnnxPart.upTo(model.network(), "embedding"); // without the model's own head
 * graph.node("Sigmoid", List.of(head.addTo(graph, "embedding")), "scores").output("scores", 3);
 * }</pre>
 *
 * <p>The model keeps its operator set, which must be one in which the operators added mean what
 * they mean in {@link OnnxGraph}'s: 13 to 17. Its weights are mapped from the file, not copied.
 */
public final class OnnxPart {
  private OnnxPart() {}

  /**
   * Reads the model and drops what the output does not need.
   *
   * @return a graph with the model's inputs and that output
   * @throws IOException one line: the file cannot be read, is no ONNX model, has no such output or
   *     another operator set
   */
  public static OnnxGraph upTo(Path onnx, String output) throws IOException {
    ModelProto model = OnnxFile.read(onnx);
    if (model.getGraph().getOutputList().stream().noneMatch(o -> o.getName().equals(output))) {
      throw new IOException(onnx + ": has no output \"" + output + "\"");
    }
    return new OnnxGraph(
        model.toBuilder().clearGraph().build(), pruned(model.getGraph(), output).toBuilder());
  }

  private static GraphProto pruned(GraphProto graph, String output) {
    Set<String> needed = needed(graph, output);
    GraphProto.Builder part =
        graph.toBuilder().clearNode().clearInitializer().clearOutput().clearValueInfo();
    graph.getNodeList().stream()
        .filter(node -> !Collections.disjoint(node.getOutputList(), needed))
        .forEach(part::addNode);
    graph.getInitializerList().stream()
        .filter(constant -> needed.contains(constant.getName()))
        .forEach(part::addInitializer);
    graph.getOutputList().stream()
        .filter(info -> info.getName().equals(output))
        .forEach(part::addOutput);
    return part.build();
  }

  /** The tensors that the output is computed from, and itself. */
  private static Set<String> needed(GraphProto graph, String output) {
    Map<String, List<String>> inputs = new HashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(made -> inputs.put(made, node.getInputList()));
    }
    Set<String> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(output));
    while (!open.isEmpty()) {
      String tensor = open.pop();
      // The name of an optional input or output that is not there.
      if (!tensor.isEmpty() && needed.add(tensor)) {
        open.addAll(inputs.getOrDefault(tensor, List.of()));
      }
    }
    return needed;
  }
}
