package io.earshot.models.train;

import static io.earshot.models.onnx.OnnxAttribute.integer;
import static io.earshot.models.onnx.OnnxAttribute.integers;

import io.earshot.models.feature.LogMel;
import io.earshot.models.onnx.OnnxGraph;
import io.earshot.models.pack.Manifest.NetworkFile;
import java.nio.ByteBuffer;
import java.util.List;

/** Trained weights as an ONNX model: patches N x 96 x 64 to embedding N x 128 and scores. */
final class NetworkGraph {
  static final String PATCHES = "patches";

  private final OnnxGraph graph = new OnnxGraph("earshot-backbone");

  private NetworkGraph() {}

  static ByteBuffer of(NetworkWeights weights) {
    return ByteBuffer.wrap(new NetworkGraph().build(weights).toBytes());
  }

  private OnnxGraph build(NetworkWeights weights) {
    graph.input(PATCHES, LogMel.ROWS, LogMel.BANDS);
    graph.constant("channel", 1L);
    graph.constant("shift", new float[] {BackboneShape.SHIFT});
    graph.constant("scale", new float[] {BackboneShape.SCALE});
    graph.node("Unsqueeze", List.of(PATCHES, "channel"), "image");
    graph.node("Add", List.of("image", "shift"), "shifted");
    graph.node("Mul", List.of("shifted", "scale"), "scaled");
    String last = "scaled";
    for (int i = 0; i < weights.convolutions().size(); i++) {
      last = convolution("conv" + (i + 1), last, weights.convolutions().get(i));
      if (BackboneShape.POOLED.get(i)) {
        last = pooled(last);
      }
    }
    dense(NetworkFile.EMBEDDING, globalPool(last), weights.embedding());
    graph.node("Relu", List.of(NetworkFile.EMBEDDING), "features");
    dense("logits", "features", weights.head());
    graph.node("Sigmoid", List.of("logits"), NetworkFile.SCORES);
    return graph
        .output(NetworkFile.EMBEDDING, weights.embedding().outputs())
        .output(NetworkFile.SCORES, weights.head().outputs());
  }

  private String convolution(String name, String input, NetworkWeights.Layer layer) {
    graph.constant(name + ".weights", layer.weights(), layer.outputs(), layer.inputs(), 3, 3);
    graph.constant(name + ".bias", layer.bias(), layer.outputs());
    List<String> inputs = List.of(input, name + ".weights", name + ".bias");
    graph.node("Conv", inputs, name, integers("pads", 1, 1, 1, 1));
    graph.node("Relu", List.of(name), name + ".relu");
    return name + ".relu";
  }

  private String pooled(String input) {
    String name = input + ".pool";
    graph.node(
        "MaxPool", List.of(input), name, integers("kernel_shape", 2, 2), integers("strides", 2, 2));
    return name;
  }

  /** Mean over the bands, then mean plus maximum over time. */
  private String globalPool(String input) {
    graph.node("ReduceMean", List.of(input), "bands", integers("axes", 3), integer("keepdims", 0));
    graph.node("ReduceMean", List.of("bands"), "mean", integers("axes", 2), integer("keepdims", 0));
    graph.node(
        "ReduceMax", List.of("bands"), "maximum", integers("axes", 2), integer("keepdims", 0));
    graph.node("Add", List.of("mean", "maximum"), "pooled");
    return "pooled";
  }

  private void dense(String name, String input, NetworkWeights.Layer layer) {
    graph.constant(name + ".weights", layer.weights(), layer.outputs(), layer.inputs());
    graph.constant(name + ".bias", layer.bias(), layer.outputs());
    List<String> inputs = List.of(input, name + ".weights", name + ".bias");
    graph.node("Gemm", inputs, name, integer("transB", 1));
  }
}
