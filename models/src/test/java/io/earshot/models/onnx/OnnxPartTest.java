package io.earshot.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.earshot.models.feature.LogMel;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxPartTest {
  private static final Path BASE = Path.of("packages", "base");
  private static final int EMBEDDING = 128;

  @TempDir Path folder;

  @Test
  void thePartEmbedsAsTheWholeDoesBitForBit() throws Exception {
    ModelPackage base = ModelPackage.load(BASE);
    byte[] part = OnnxPart.upTo(base.network(), "embedding").toBytes();
    PackageContent content =
        new PackageContent("part", "1", "CC0-1.0")
            .source(base.manifest().source())
            .card("# part\n")
            .network(ByteBuffer.wrap(part), base.inputName(), base.frontEnd(), 960)
            .embedding(EMBEDDING);
    ModelPackage model = ModelPackage.load(PackageWriter.write(content, folder, staged -> {}));
    assertThat(embeddings(model)).isEqualTo(embeddings(base));
  }

  private static float[] embeddings(ModelPackage model) throws PackageException {
    int count = 3;
    SplittableRandom random = new SplittableRandom(1);
    FloatBuffer patches = Network.buffer(count * LogMel.PATCH_FLOATS);
    for (int i = 0; i < patches.capacity(); i++) {
      patches.put(i, (float) random.nextDouble(-7, 2));
    }
    FloatBuffer out = Network.buffer(count * EMBEDDING);
    try (Network network = Network.open(model, new NetworkOptions(Provider.CPU, 1))) {
      network.embed(patches, count, out);
    }
    float[] values = new float[count * EMBEDDING];
    out.get(0, values);
    return values;
  }

  @Test
  void nothingOfTheOldHeadIsLeft() throws Exception {
    Path whole = ModelPackage.load(BASE).network();
    byte[] bytes = OnnxPart.upTo(whole, "embedding").toBytes();
    GraphProto all = ModelProto.parseFrom(Files.readAllBytes(whole)).getGraph();
    GraphProto part = ModelProto.parseFrom(bytes).getGraph();
    assertThat(part.getOutputList()).extracting(o -> o.getName()).containsExactly("embedding");
    assertThat(outputs(part)).contains("embedding").doesNotContain("scores");
    assertThat(outputs(all)).contains("scores").containsAll(outputs(part));
    assertThat(part.getInputList()).isEqualTo(all.getInputList());
    // At least the 14 x 128 weights of the old head, four bytes each.
    assertThat(bytes.length).isLessThan((int) Files.size(whole) - 14 * EMBEDDING * 4);
  }

  private static List<String> outputs(GraphProto graph) {
    return graph.getNodeList().stream().flatMap(n -> n.getOutputList().stream()).toList();
  }

  @Test
  void whatOnlyOtherOutputsNeedIsDroppedEvenWithNamelessOutputs() throws Exception {
    ModelProto model =
        model(17)
            .setGraph(
                graph()
                    .addNode(
                        NodeProto.newBuilder()
                            .setOpType("Clip")
                            .addInput("x")
                            .addInput("")
                            .addInput("most")
                            .addOutput("y"))
                    .addNode(
                        NodeProto.newBuilder()
                            .setOpType("Odd")
                            .addInput("more")
                            .addOutput("z")
                            .addOutput(""))
                    .addInitializer(TensorProto.newBuilder().setName("most"))
                    .addInitializer(TensorProto.newBuilder().setName("more")))
            .build();
    GraphProto part =
        ModelProto.parseFrom(OnnxPart.upTo(write(model.toByteArray()), "y").toBytes()).getGraph();
    assertThat(outputs(part)).containsExactly("y");
    assertThat(part.getInitializerList()).extracting(t -> t.getName()).containsExactly("most");
  }

  @Test
  void whatCannotBeBuiltOnIsNamedInOneLine() throws Exception {
    assertRefused(
        write("this is no model".getBytes(StandardCharsets.UTF_8)), "y", ": is no ONNX model");
    assertRefused(write(new byte[0]), "y", ": is no ONNX model");
    assertRefused(ModelPackage.load(BASE).network(), "sound", ": has no output \"sound\"");
    for (long opset : List.of(12L, 18L)) {
      NodeProto.Builder node =
          NodeProto.newBuilder().setOpType("Relu").addInput("x").addOutput("y");
      byte[] bytes = model(opset).setGraph(graph().addNode(node)).build().toByteArray();
      assertRefused(
          write(bytes), "y", ": uses operator set " + opset + "; 13 to 17 can be built on");
    }
  }

  private static void assertRefused(Path file, String output, String message) {
    assertThatThrownBy(() -> OnnxPart.upTo(file, output))
        .isInstanceOf(IOException.class)
        .hasMessage(file + message);
  }

  private static ModelProto.Builder model(long opset) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset));
  }

  private static GraphProto.Builder graph() {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
    graph.addInputBuilder().setName("x");
    graph.addOutputBuilder().setName("y");
    graph.addOutputBuilder().setName("z");
    return graph;
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("test.onnx"), bytes);
  }
}
