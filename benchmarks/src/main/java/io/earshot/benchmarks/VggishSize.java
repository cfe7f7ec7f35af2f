package io.earshot.benchmarks;

import static io.earshot.models.onnx.OnnxAttribute.integers;

import io.earshot.models.feature.LogMel;
import io.earshot.models.onnx.OnnxGraph;
import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A package with VGGish's layers, 72 million random weights. */
final class VggishSize {
  private static final int[] CHANNELS = {64, 128, 256, 256, 512, 512};
  private static final boolean[] POOLED = {true, true, false, true, false, true};
  private static final int[] DENSE = {4096, 4096, 128};

  private final OnnxGraph graph = new OnnxGraph("vggish-size");
  private final Random random = new Random(1);

  private VggishSize() {}

  static Path write(Path directory) throws PackageException, IOException {
    Path onnx = directory.resolve("network.onnx");
    new VggishSize().build().writeTo(onnx);
    PackageContent content =
        new PackageContent("vggish-size", "1", "GPL-3.0-or-later")
            .source(Manifest.Source.inWords("random weights"))
            .card("# vggish-size\n")
            .network(onnx, "patches", FrontEnd.vggish(0.01), 960)
            .embedding(128);
    return PackageWriter.write(content, directory, staged -> {});
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private OnnxGraph build() {
    graph.input("patches", LogMel.ROWS, LogMel.BANDS).constant("channel", 1L);
    graph.node("Unsqueeze", List.of("patches", "channel"), "image");
    String last = "image";
    for (int i = 0; i < CHANNELS.length; i++) {
      last = convolution("conv" + i, last, i == 0 ? 1 : CHANNELS[i - 1], CHANNELS[i]);
      if (POOLED[i]) {
        graph.node(
            "MaxPool",
            List.of(last),
            last + ".pool",
            integers("kernel_shape", 2, 2),
            integers("strides", 2, 2));
        last += ".pool";
      }
    }
    graph.node("Flatten", List.of(last), "flat");
    last = "flat";
    int inputs = 6 * 4 * 512;
    for (int i = 0; i < DENSE.length; i++) {
      boolean end = i == DENSE.length - 1;
      String name = end ? "embedding" : "dense" + i;
      random(name + ".weights", inputs, DENSE[i]);
      graph.node("MatMul", List.of(last, name + ".weights"), name);
      if (!end) {
        graph.node("Relu", List.of(name), name + ".relu");
      }
      last = name + ".relu";
      inputs = DENSE[i];
    }
    return graph.output("embedding", 128);
  }

  private String convolution(String name, String input, int inputs, int outputs) {
    random(name + ".weights", outputs, inputs, 3, 3);
    graph.node("Conv", List.of(input, name + ".weights"), name, integers("pads", 1, 1, 1, 1));
    graph.node("Relu", List.of(name), name + ".relu");
    return name + ".relu";
  }

  private void random(String name, int... shape) {
    int size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (0.02 * random.nextGaussian());
    }
    graph.constant(name, values, shape);
  }
}
