package io.earshot.detector.app;

import io.earshot.models.onnx.OnnxAttribute;
import io.earshot.models.onnx.OnnxGraph;
import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Packages with networks of a few numbers, for tests of everything around them. */
final class SmallModel {
  private SmallModel() {}

  /** Scores the labels Dog and background, each by the patch's mean. */
  static Path classifier(Path packages) throws PackageException {
    return write(
        content("dogs", graph("scores"))
            .scores(
                List.of("Dog", "background"), new Manifest.Thresholds(0.4f, Map.of("Dog", 0.6f)))
            .background("background")
            .accuracy(new Manifest.Accuracy(0.875, "top label of 8 barks")),
        packages);
  }

  /** Embeds a patch in two numbers. */
  static Path backbone(Path packages) throws PackageException {
    return write(content("backbone", graph("embedding")).embedding(2), packages);
  }

  /** Gives {@code infinity} for scores. */
  static Path wild(Path packages) throws PackageException {
    return write(
        content("wild", graph("embedding", Float.POSITIVE_INFINITY)).embedding(2), packages);
  }

  /** Scores that are no numbers. */
  static Path numberless(Path packages) throws PackageException {
    return write(
        content("numberless", graph("scores", Float.NaN))
            .scores(List.of("a", "b"), new Manifest.Thresholds(0.5f, Map.of())),
        packages);
  }

  /** Claims three labels for the two scores of its network. */
  static Path mismatched(Path packages) throws PackageException {
    return write(
        content("mismatched", graph("scores"))
            .scores(List.of("a", "b", "c"), new Manifest.Thresholds(0.5f, Map.of())),
        packages);
  }

  private static Path write(PackageContent content, Path packages) throws PackageException {
    return PackageWriter.write(content, packages, staged -> {});
  }

  private static PackageContent content(String name, byte[] network) {
    return new PackageContent(name, "1", "CC0-1.0")
        .source(Manifest.Source.inWords("made in a test"))
        .card("# " + name + "\n")
        .network(ByteBuffer.wrap(network), "patches", FrontEnd.vggish(0.01), 960);
  }

  private static byte[] graph(String output) {
    return graph(output, 0);
  }

  /** Sigmoid (for scores) of [mean, -mean], plus the shift. */
  private static byte[] graph(String output, float shift) {
    return new OnnxGraph("small")
        .input("patches", 96, 64)
        .node(
            "ReduceMean",
            List.of("patches"),
            "mean",
            OnnxAttribute.integers("axes", 2),
            OnnxAttribute.integer("keepdims", 0))
        .node(
            "ReduceMean",
            List.of("mean"),
            "level",
            OnnxAttribute.integers("axes", 1),
            OnnxAttribute.integer("keepdims", 1))
        .constant("signs", new float[] {1, -1}, 1, 2)
        .constant("shift", new float[] {shift, shift}, 2)
        .node("MatMul", List.of("level", "signs"), "signed")
        .node("Add", List.of("signed", "shift"), "shifted")
        .node(output.equals("scores") ? "Sigmoid" : "Identity", List.of("shifted"), output)
        .output(output, 2)
        .toBytes();
  }
}
