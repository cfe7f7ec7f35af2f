package io.earshot.models.importer;

import static io.earshot.models.onnx.OnnxAttribute.integer;
import static io.earshot.models.onnx.OnnxAttribute.integers;

import io.earshot.models.feature.LogMel;
import io.earshot.models.onnx.OnnxGraph;
import io.earshot.models.pack.Manifest.NetworkFile;
import io.earshot.models.pack.PackageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Turns the checkpoint of VGGish into an ONNX network: patches N x 96 x 64 to embeddings N x 128.
 *
 * <pre>{@code
 * VggishImporter.convert(Path.of("vggish_model.ckpt"), Path.of("vggish.onnx"));
 * }</pre>
 *
 * <p>Six 3 x 3 convolutions in four stages, each stage halved by a max pool, and three dense
 * layers; ReLU behind all but the last. As in the current release, the embedding is what that last
 * layer gives, negative values included.
 *
 * <p>Source: {@code vggish_slim.py} (github.com/tensorflow/models, audioset/vggish; Hershey et al.,
 * "CNN architectures for large-scale audio classification", ICASSP 2017). TensorFlow keeps channels
 * last: kernels are transposed, and so are the rows of the first dense layer, which TensorFlow
 * feeds position by position where ONNX flattens channel by channel.
 */
final class VggishImporter {

  static final int EMBEDDING_SIZE = 128;

  private static final int DENSE = 4096;
  // What four halvings leave of a patch.
  private static final int HEIGHT = LogMel.ROWS / 16;
  private static final int WIDTH = LogMel.BANDS / 16;
  private static final int CHANNELS = 512;
  private static final int FLAT = HEIGHT * WIDTH * CHANNELS;

  /** Where the layers' values come from. */
  interface Values {
    /**
     * The values of one tensor.
     *
     * @param name as the checkpoint names it
     * @param shape as TensorFlow has it: outputs last
     */
    float[] floats(String name, int... shape) throws PackageException;
  }

  private final Values values;
  private final OnnxGraph graph = new OnnxGraph("vggish");

  private VggishImporter(Values values) {
    this.values = values;
  }

  /**
   * Writes the network of a checkpoint to an ONNX file with the input {@code patches} and the
   * output {@code embedding}, float32 and of any batch size. Holds up to 430 MB of heap.
   *
   * @throws PackageException one line: the checkpoint is damaged or of another network, or the file
   *     cannot be written
   */
  static void convert(Path checkpoint, Path onnx) throws PackageException {
    try (TfCheckpoint opened = TfCheckpoint.open(checkpoint)) {
      graph(opened::floats).writeTo(onnx);
    } catch (IOException e) {
      throw new PackageException(
          "Cannot write %s: %s".formatted(onnx, PackageException.reason(e)), e);
    }
  }

  /** The network whose only output is the embedding. */
  static OnnxGraph graph(Values values) throws PackageException {
    return new VggishImporter(values).build();
  }

  private OnnxGraph build() throws PackageException {
    graph
        .input(NetworkTranslation.PATCHES, LogMel.ROWS, LogMel.BANDS)
        .constant("channel_axis", 1)
        .node("Unsqueeze", List.of(NetworkTranslation.PATCHES, "channel_axis"), "image");
    convolution("image", "conv1", 1, 64);
    pool("conv1", "pool1");
    convolution("pool1", "conv2", 64, 128);
    pool("conv2", "pool2");
    convolution("pool2", "conv3/conv3_1", 128, 256);
    convolution("conv3/conv3_1", "conv3/conv3_2", 256, 256);
    pool("conv3/conv3_2", "pool3");
    convolution("pool3", "conv4/conv4_1", 256, CHANNELS);
    convolution("conv4/conv4_1", "conv4/conv4_2", CHANNELS, CHANNELS);
    pool("conv4/conv4_2", "pool4");
    graph.node("Flatten", List.of("pool4"), "flat", integer("axis", 1));
    // Biases first: beside weights of 201 MB there should be nothing else to read.
    dense(
        "flat",
        "fc1/fc1_1",
        biases("fc1/fc1_1", DENSE),
        channelsFirst(weights("fc1/fc1_1", FLAT, DENSE)),
        "hidden1");
    graph.node("Relu", List.of("hidden1"), "relu1");
    dense(
        "relu1",
        "fc1/fc1_2",
        biases("fc1/fc1_2", DENSE),
        weights("fc1/fc1_2", DENSE, DENSE),
        "hidden2");
    graph.node("Relu", List.of("hidden2"), "relu2");
    dense(
        "relu2",
        "fc2",
        biases("fc2", EMBEDDING_SIZE),
        weights("fc2", DENSE, EMBEDDING_SIZE),
        NetworkFile.EMBEDDING);
    return graph.output(NetworkFile.EMBEDDING, EMBEDDING_SIZE);
  }

  private void convolution(String in, String name, int inputs, int outputs)
      throws PackageException {
    float[] kernel = weights(name, 3, 3, inputs, outputs);
    graph
        .constant(
            name + "_kernel",
            Transposition.of(kernel, List.of(3, 3, inputs, outputs), 3, 2, 0, 1),
            outputs,
            inputs,
            3,
            3)
        .constant(name + "_bias", biases(name, outputs), outputs)
        .node(
            "Conv",
            List.of(in, name + "_kernel", name + "_bias"),
            name + "_linear",
            integers("kernel_shape", 3, 3),
            integers("pads", 1, 1, 1, 1))
        .node("Relu", List.of(name + "_linear"), name);
  }

  private void pool(String in, String name) {
    // Every size on the way is even, so TensorFlow's SAME padding pads nothing.
    graph.node(
        "MaxPool", List.of(in), name, integers("kernel_shape", 2, 2), integers("strides", 2, 2));
  }

  /** The rows of the matrix from height x width x channels to channels x height x width. */
  private static float[] channelsFirst(float[] weights) {
    return Transposition.of(weights, List.of(HEIGHT, WIDTH, CHANNELS, DENSE), 2, 0, 1, 3);
  }

  private void dense(String in, String name, float[] biases, float[] weights, String out) {
    int outputs = biases.length;
    graph
        .constant(name + "_bias", biases, outputs)
        .constant(name + "_weights", weights, weights.length / outputs, outputs)
        .node("Gemm", List.of(in, name + "_weights", name + "_bias"), out);
  }

  private float[] weights(String layer, int... shape) throws PackageException {
    return values.floats("vggish/" + layer + "/weights", shape);
  }

  private float[] biases(String layer, int outputs) throws PackageException {
    return values.floats("vggish/" + layer + "/biases", outputs);
  }
}
