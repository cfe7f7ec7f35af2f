package io.earshot.models.quantize;

import io.earshot.models.onnx.OnnxAttribute;
import io.earshot.models.onnx.OnnxGraph;
import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Two convolutions, an embedding of 8 and scores of 3, with random weights. */
final class SmallNetwork {
  private SmallNetwork() {}

  static OnnxGraph graph() {
    SplittableRandom random = new SplittableRandom(7);
    return new OnnxGraph("small")
        .input("patches", 96, 64)
        .constant("axis", 1)
        .constant("zero", new float[] {0})
        .constant("six", new float[] {6})
        .constant("conv1.weights", values(random, 4 * 9, 0.3), 4, 1, 3, 3)
        .constant("conv1.bias", values(random, 4, 0.5), 4)
        .constant("conv2.weights", values(random, 8 * 4 * 9, 0.2), 8, 4, 3, 3)
        .constant("conv2.bias", values(random, 8, 0.5), 8)
        .constant("embedding.weights", values(random, 8 * 8, 1), 8, 8)
        .constant("embedding.bias", values(random, 8, 0.1), 8)
        .constant("head.weights", values(random, 8 * 3, 1), 8, 3)
        .node("Unsqueeze", List.of("patches", "axis"), "image")
        .node("Conv", List.of("image", "conv1.weights", "conv1.bias"), "conv1", pads(), strides())
        .node("Relu", List.of("conv1"), "relu1")
        .node(
            "MaxPool",
            List.of("relu1"),
            "pool1",
            OnnxAttribute.integers("kernel_shape", 2, 2),
            strides())
        .node("Conv", List.of("pool1", "conv2.weights", "conv2.bias"), "conv2", pads(), strides())
        .node("Clip", List.of("conv2", "zero", "six"), "clip2")
        .node("GlobalAveragePool", List.of("clip2"), "mean")
        .node("Flatten", List.of("mean"), "flat")
        .node(
            "Gemm",
            List.of("flat", "embedding.weights", "embedding.bias"),
            "embedding",
            OnnxAttribute.integer("transB", 1))
        .node("MatMul", List.of("embedding", "head.weights"), "logits")
        .node("Sigmoid", List.of("logits"), "scores")
        .output("embedding", 8)
        .output("scores", 3);
  }

  /** The network in a package with all that a package may have. */
  static ModelPackage write(Path packages) throws PackageException {
    return write(packages, content("small", graph()));
  }

  static PackageContent content(String name, OnnxGraph graph) {
    return new PackageContent(name, "3", "CC0-1.0")
        .source(Manifest.Source.inWords("made in a test"))
        .card("# small\n\nRandom numbers.\n")
        .network(ByteBuffer.wrap(graph.toBytes()), "patches", FrontEnd.vggish(0.01), 480)
        .embedding(8)
        .scores(List.of("dog", "cat", "quiet"), new Manifest.Thresholds(0.4f, Map.of("cat", 0.7f)))
        .background("quiet")
        .accuracy(new Manifest.Accuracy(0.75, "12 clips"));
  }

  static ModelPackage write(Path packages, PackageContent content) throws PackageException {
    return ModelPackage.load(PackageWriter.write(content, packages, staged -> {}));
  }

  static float[] values(SplittableRandom random, int count, double bound) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    return values;
  }

  private static OnnxAttribute pads() {
    return OnnxAttribute.integers("pads", 1, 1, 1, 1);
  }

  private static OnnxAttribute strides() {
    return OnnxAttribute.integers("strides", 2, 2);
  }
}
