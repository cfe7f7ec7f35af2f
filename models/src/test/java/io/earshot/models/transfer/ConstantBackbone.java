package io.earshot.models.transfer;

import io.earshot.models.feature.LogMel;
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

/** A deaf backbone: whatever it hears, its embedding is two zeros. */
final class ConstantBackbone {
  private ConstantBackbone() {}

  static ModelPackage write(Path directory) throws PackageException {
    OnnxGraph graph = new OnnxGraph("deaf").input("patches", LogMel.ROWS, LogMel.BANDS);
    graph.constant("weights", new float[LogMel.BANDS * 2], LogMel.BANDS, 2);
    graph.node(
        "ReduceMean",
        List.of("patches"),
        "mean",
        OnnxAttribute.integers("axes", 1),
        OnnxAttribute.integer("keepdims", 0));
    graph.node("MatMul", List.of("mean", "weights"), "embedding").output("embedding", 2);
    PackageContent content =
        new PackageContent("deaf", "1", "CC0-1.0")
            .source(Manifest.Source.inWords("made in a test"))
            .card("# deaf\n")
            .network(ByteBuffer.wrap(graph.toBytes()), "patches", FrontEnd.vggish(0.001), 960)
            .embedding(2);
    return ModelPackage.load(PackageWriter.write(content, directory, staged -> {}));
  }
}
