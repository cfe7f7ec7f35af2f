package io.earshot.models.importer;

import static io.earshot.models.onnx.OnnxAttribute.integer;
import static io.earshot.models.onnx.OnnxAttribute.integers;

import io.earshot.models.onnx.OnnxGraph;
import java.util.List;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.DepthwiseConv2DOptions;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.Padding;

/** What TFLite's two convolutions say, brought to the one of ONNX. */
record Convolution(
    boolean depthwise, int strideHeight, int strideWidth, boolean same, byte activation) {

  static Convolution full(Operator operator) {
    requireOptions(operator, BuiltinOptions.Conv2DOptions);
    Conv2DOptions options = (Conv2DOptions) operator.builtinOptions(new Conv2DOptions());
    requireUndilated(options.dilationHFactor(), options.dilationWFactor());
    return new Convolution(
        false,
        options.strideH(),
        options.strideW(),
        options.padding() == Padding.SAME,
        options.fusedActivationFunction());
  }

  static Convolution depthwise(Operator operator) {
    requireOptions(operator, BuiltinOptions.DepthwiseConv2DOptions);
    DepthwiseConv2DOptions options =
        (DepthwiseConv2DOptions) operator.builtinOptions(new DepthwiseConv2DOptions());
    requireUndilated(options.dilationHFactor(), options.dilationWFactor());
    return new Convolution(
        true,
        options.strideH(),
        options.strideW(),
        options.padding() == Padding.SAME,
        options.fusedActivationFunction());
  }

  /** Adds the convolution to the graph, without its activation function. */
  Activation addTo(
      OnnxGraph graph, Activation in, TfliteTensor kernel, TfliteTensor bias, String name) {
    List<Integer> shape = kernel.shape();
    requireKernel(shape, in.channels());
    int kernelHeight = shape.get(1);
    int kernelWidth = shape.get(2);
    int channels = depthwise ? shape.get(3) : shape.get(0);
    Span rows = Span.of(in.height(), kernelHeight, strideHeight, same);
    Span columns = Span.of(in.width(), kernelWidth, strideWidth, same);
    if (!bias.shape().equals(List.of(channels))) {
      throw new TfliteException("convolution has a bias of shape " + bias.shape());
    }
    // Kernels are O,H,W,I and 1,H,W,O in TFLite, O,I,H,W and O,1,H,W in ONNX.
    float[] weights =
        depthwise
            ? Transposition.of(kernel.floats(), shape, 3, 0, 1, 2)
            : Transposition.of(kernel.floats(), shape, 0, 3, 1, 2);
    graph
        .constant(
            name + "_kernel",
            weights,
            channels,
            depthwise ? 1 : in.channels(),
            kernelHeight,
            kernelWidth)
        .constant(name + "_bias", bias.floats(), channels)
        .node(
            "Conv",
            List.of(in.name(), name + "_kernel", name + "_bias"),
            name,
            integers("kernel_shape", kernelHeight, kernelWidth),
            integers("strides", strideHeight, strideWidth),
            integers("pads", rows.before(), columns.before(), rows.after(), columns.after()),
            integer("group", depthwise ? channels : 1));
    return new Activation(name, rows.out(), columns.out(), channels);
  }

  private void requireKernel(List<Integer> shape, int inputChannels) {
    // Depthwise with several outputs of one input is not in the models that are imported.
    boolean fits =
        shape.size() == 4
            && shape.stream().allMatch(dimension -> dimension > 0)
            && shape.get(3) == inputChannels
            && (!depthwise || shape.get(0) == 1);
    if (!fits) {
      throw new TfliteException(
          "convolution has a kernel of shape %s for %d channels".formatted(shape, inputChannels));
    }
  }

  private static void requireOptions(Operator operator, byte type) {
    if (operator.builtinOptionsType() != type) {
      throw new TfliteException("convolution has no " + BuiltinOptions.name(type));
    }
  }

  private static void requireUndilated(int height, int width) {
    if (height != 1 || width != 1) {
      throw new TfliteException("convolution is dilated, which is not supported");
    }
  }

  /**
   * One dimension of a convolution. SAME padding gives ceil(in / stride) outputs and puts the odd
   * zero after (tensorflow.org/api_docs/python/tf/nn, "Notes on padding"); VALID pads nothing.
   */
  record Span(int out, int before, int after) {
    static Span of(int in, int kernel, int stride, boolean same) {
      if (stride < 1 || (!same && kernel > in)) {
        throw new TfliteException(
            "convolution has stride %d and kernel %d on %d".formatted(stride, kernel, in));
      }
      int out = same ? (in - 1) / stride + 1 : (in - kernel) / stride + 1;
      int padding = same ? Math.max((out - 1) * stride + kernel - in, 0) : 0;
      return new Span(out, padding / 2, padding - padding / 2);
    }
  }
}
