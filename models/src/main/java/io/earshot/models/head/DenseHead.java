package io.earshot.models.head;

import static io.earshot.models.onnx.OnnxAttribute.integer;

import io.earshot.models.onnx.OnnxGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * A trained head: dense layers with a rectifier between them, logits at the end.
 *
 * <pre>{@code
 * float[] logits = head.logits(embedding);        // one per class
 * String output = head.addTo(graph, "embedding"); // the same, in ONNX
 * }</pre>
 *
 * <p>Whatever a trainer does to its inputs, such as standardising them, is in the first layer's
 * weights.
 */
public record DenseHead(List<DenseLayer> layers) {
  public DenseHead {
    layers = List.copyOf(layers);
    for (int i = 1; i < layers.size(); i++) {
      if (layers.get(i).inputs() != layers.get(i - 1).outputs()) {
        throw new IllegalArgumentException("layer " + i + " does not fit the one before it");
      }
    }
  }

  /** Length of an embedding. */
  public int inputs() {
    return layers.get(0).inputs();
  }

  /** Number of classes. */
  public int outputs() {
    return layers.get(layers.size() - 1).outputs();
  }

  /** One logit per class. */
  public float[] logits(float[] embedding) {
    float[] values = layers.get(0).apply(embedding);
    for (DenseLayer layer : layers.subList(1, layers.size())) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.max(0, values[i]);
      }
      values = layer.apply(values);
    }
    return values;
  }

  /** The head whose logits are {@code scales * logit + shifts}, class by class. */
  public DenseHead calibrated(double[] scales, double[] shifts) {
    int last = layers.size() - 1;
    List<DenseLayer> calibrated = new ArrayList<>(layers);
    calibrated.set(last, layers.get(last).scaled(scales, shifts));
    return new DenseHead(calibrated);
  }

  /**
   * Adds the head's nodes, all named {@code head.*}, to a graph.
   *
   * @param input a tensor of the graph, N x {@link #inputs}
   * @return the tensor with the logits, N x {@link #outputs}
   */
  public String addTo(OnnxGraph graph, String input) {
    String last = input;
    for (int i = 0; i < layers.size(); i++) {
      DenseLayer layer = layers.get(i);
      String name = "head." + (i + 1);
      graph.constant(name + ".weights", layer.weights(), layer.outputs(), layer.inputs());
      graph.constant(name + ".bias", layer.bias(), layer.outputs());
      graph.node(
          "Gemm", List.of(last, name + ".weights", name + ".bias"), name, integer("transB", 1));
      last = name;
      if (i + 1 < layers.size()) {
        graph.node("Relu", List.of(name), name + ".relu");
        last = name + ".relu";
      }
    }
    return last;
  }
}
