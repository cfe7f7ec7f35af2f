package io.earshot.models.importer;

import static io.earshot.models.onnx.OnnxAttribute.integer;

import io.earshot.models.onnx.OnnxGraph;
import io.earshot.models.pack.Manifest.NetworkFile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.FullyConnectedOptions;
import org.tensorflow.lite.schema.Operator;

/**
 * Turns the part of a TFLite graph from the log-mel patch to the scores into ONNX.
 *
 * <p>The graph starts where a float tensor of the patch's shape is computed; the operators before
 * it, from the waveform on, are Earshot's own front end and are left out. Weights are dequantised;
 * activations that the file would quantise stay float32. Only their layout differs: channels come
 * second here and last in TFLite, so the kernels are transposed and nothing is at run time.
 */
final class NetworkTranslation {

  static final String PATCHES = "patches";

  private final TfliteFile file;
  private final int frames;
  private final int bands;
  private final OnnxGraph graph;
  private final Map<Integer, Activation> computed = new HashMap<>();
  private int embeddingSize;

  private NetworkTranslation(TfliteFile file, String name, int frames, int bands) {
    this.file = file;
    this.frames = frames;
    this.bands = bands;
    this.graph = new OnnxGraph(name);
  }

  /** An ONNX model with the outputs embedding and scores, and their sizes. */
  record Translated(OnnxGraph graph, int embeddingSize, int classes) {}

  /**
   * Translates the network.
   *
   * @throws TfliteException the operator or shape that is not supported
   */
  static Translated translate(TfliteFile file, String name, int frames, int bands) {
    return new NetworkTranslation(file, name, frames, bands).translate();
  }

  private Translated translate() {
    start();
    for (int i = 0; i < file.operators(); i++) {
      Operator operator = file.operator(i);
      int in =
          IntStream.range(0, operator.inputsLength())
              .map(operator::inputs)
              .filter(computed::containsKey)
              .findFirst()
              .orElse(-1);
      if (in >= 0) {
        follow(operator, computed.get(in), "op" + i);
      }
    }
    Activation scores = computed.get(file.output());
    if (scores == null || !scores.name().equals(NetworkFile.SCORES) || embeddingSize == 0) {
      throw new TfliteException("does not lead from a patch over a mean to logistic scores");
    }
    graph
        .output(NetworkFile.EMBEDDING, embeddingSize)
        .output(NetworkFile.SCORES, scores.channels());
    return new Translated(graph, embeddingSize, scores.channels());
  }

  /** Finds the patch and gives it the channel that convolutions want. */
  private void start() {
    int[] patches =
        IntStream.range(0, file.operators())
            .mapToObj(file::operator)
            .filter(operator -> operator.outputsLength() == 1)
            .mapToInt(operator -> operator.outputs(0))
            .filter(tensor -> file.tensor(tensor).isFloat())
            .filter(tensor -> file.tensor(tensor).shape().equals(List.of(1, frames, bands)))
            .toArray();
    if (patches.length != 1) {
      throw new TfliteException(
          "computes %d float patches of %d x %d, not one".formatted(patches.length, frames, bands));
    }
    graph
        .input(PATCHES, frames, bands)
        .constant("channel_axis", 1)
        .node("Unsqueeze", List.of(PATCHES, "channel_axis"), "image")
        .constant("zero", new float[] {0})
        .constant("six", new float[] {6});
    computed.put(patches[0], new Activation("image", frames, bands, 1));
  }

  private void follow(Operator operator, Activation in, String name) {
    String kind = file.kind(operator);
    Activation out =
        switch (kind) {
          // Same values, in another type or shape: the check below holds the shape to account.
          case "QUANTIZE", "DEQUANTIZE", "RESHAPE", "SPLIT" -> in;
          case "CONV_2D" -> convolution(operator, Convolution.full(operator), in, name);
          case "DEPTHWISE_CONV_2D" ->
              convolution(operator, Convolution.depthwise(operator), in, name);
          case "MEAN" -> mean(operator, in, name);
          case "FULLY_CONNECTED" -> fullyConnected(operator, in, name);
          case "LOGISTIC" -> node("Sigmoid", in, NetworkFile.SCORES);
          default -> throw new TfliteException("operator " + kind + " is not supported");
        };
    if (operator.outputsLength() != 1 || !out.fits(file.tensor(operator.outputs(0)).shape())) {
      throw new TfliteException("operator " + kind + " gives another shape than it should");
    }
    computed.put(operator.outputs(0), out);
  }

  private Activation convolution(
      Operator operator, Convolution convolution, Activation in, String name) {
    TfliteTensor kernel = input(operator, 1);
    TfliteTensor bias = input(operator, 2);
    return switch (convolution.activation()) {
      case ActivationFunctionType.NONE -> convolution.addTo(graph, in, kernel, bias, name);
      case ActivationFunctionType.RELU ->
          node("Relu", convolution.addTo(graph, in, kernel, bias, name + "_conv"), name);
      case ActivationFunctionType.RELU6 -> {
        Activation linear = convolution.addTo(graph, in, kernel, bias, name + "_conv");
        graph.node("Clip", List.of(linear.name(), "zero", "six"), name);
        yield new Activation(name, linear.height(), linear.width(), linear.channels());
      }
      default ->
          throw new TfliteException(
              "activation %d of a convolution is not supported"
                  .formatted(convolution.activation()));
    };
  }

  /** The mean over height and width: what is left is the embedding. */
  private Activation mean(Operator operator, Activation in, String name) {
    int[] axes = input(operator, 1).integers();
    if (!Arrays.stream(axes).boxed().toList().containsAll(Set.of(1, 2)) || axes.length != 2) {
      throw new TfliteException("operator MEAN over axes " + Arrays.toString(axes));
    }
    graph
        .node("GlobalAveragePool", List.of(in.name()), name)
        .node("Flatten", List.of(name), NetworkFile.EMBEDDING, integer("axis", 1));
    embeddingSize = in.channels();
    return new Activation(NetworkFile.EMBEDDING, 1, 1, in.channels());
  }

  private Activation fullyConnected(Operator operator, Activation in, String name) {
    FullyConnectedOptions options =
        operator.builtinOptionsType() == BuiltinOptions.FullyConnectedOptions
            ? (FullyConnectedOptions) operator.builtinOptions(new FullyConnectedOptions())
            : null;
    if (options == null || options.fusedActivationFunction() != ActivationFunctionType.NONE) {
      throw new TfliteException("operator FULLY_CONNECTED with an activation is not supported");
    }
    TfliteTensor weights = input(operator, 1);
    TfliteTensor bias = input(operator, 2);
    List<Integer> shape = weights.shape();
    if (shape.size() != 2
        || in.height() * in.width() != 1
        || shape.get(1) != in.channels()
        || !bias.shape().equals(shape.subList(0, 1))) {
      throw new TfliteException("operator FULLY_CONNECTED has weights of shape " + shape);
    }
    graph
        .constant(name + "_weights", weights.floats(), shape.get(0), shape.get(1))
        .constant(name + "_bias", bias.floats(), shape.get(0))
        .node(
            "Gemm",
            List.of(in.name(), name + "_weights", name + "_bias"),
            name,
            integer("transB", 1));
    return new Activation(name, 1, 1, shape.get(0));
  }

  private Activation node(String operator, Activation in, String name) {
    graph.node(operator, List.of(in.name()), name);
    return new Activation(name, in.height(), in.width(), in.channels());
  }

  private TfliteTensor input(Operator operator, int index) {
    if (index >= operator.inputsLength()) {
      throw new TfliteException(
          "operator %s has no input %d".formatted(file.kind(operator), index));
    }
    return file.tensor(operator.inputs(index));
  }
}
