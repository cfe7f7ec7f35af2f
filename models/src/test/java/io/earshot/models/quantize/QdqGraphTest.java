package io.earshot.models.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.earshot.models.onnx.OnnxFile;
import io.earshot.models.onnx.OnnxGraph;
import io.earshot.models.onnx.TensorProbe;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QdqGraphTest {
  private static final int IN = 16;
  private static final int OUT = 3;

  @TempDir Path folder;

  private ModelProto read(OnnxGraph graph) throws IOException {
    Path file = folder.resolve("float.onnx");
    graph.writeTo(file);
    return OnnxFile.read(file);
  }

  private Path quantised(ModelProto model, Map<String, Range> ranges) throws IOException {
    QdqPlan plan = QdqPlan.of(model.getGraph(), "embedding");
    GraphProto graph = QdqGraph.of(model.getGraph(), plan, ranges);
    Path file = folder.resolve("int8.onnx");
    OnnxFile.write(model.toBuilder().setGraph(graph).build(), file);
    return file;
  }

  private static Map<String, Range> smallRanges() {
    Range active = new Range(0, 6);
    return Map.of(
        "image", new Range(-5, 3), "relu1", active, "clip2", active, "flat", new Range(0, 3));
  }

  @Test
  void layersAreThoseBeforeTheEmbeddingAndPoolingKeepsTheScale() throws Exception {
    QdqPlan plan = QdqPlan.of(read(SmallNetwork.graph()).getGraph(), "embedding");
    assertThat(plan.layers().keySet()).containsExactly("conv1", "conv2", "embedding");
    assertThat(plan.sources())
        .isEqualTo(
            Map.of(
                "image", "image", "relu1", "relu1", "pool1", "relu1", "clip2", "clip2", "flat",
                "flat"));
  }

  /** What ONNX Runtime makes of it, in its own words. */
  @Test
  void theRuntimeComputesIntegersUpToTheEmbedding() throws Exception {
    Map<String, Long> operators = optimised(quantised(read(SmallNetwork.graph()), smallRanges()));
    assertThat(operators)
        .containsEntry("QLinearConv", 2L)
        .containsEntry("QGemm", 1L)
        .containsEntry("MatMul", 1L)
        .doesNotContainKeys("Conv", "Gemm", "FusedConv", "FusedGemm", "Relu", "Clip");
  }

  private Map<String, Long> optimised(Path onnx) throws IOException, OrtException {
    Path written = folder.resolve("optimised.onnx");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizedModelFilePath(written.toString());
      OrtEnvironment.getEnvironment().createSession(onnx.toString(), options).close();
    }
    return OnnxFile.read(written).getGraph().getNodeList().stream()
        .collect(Collectors.groupingBy(NodeProto::getOpType, Collectors.counting()));
  }

  @Test
  void weightsAreKeptInOneByteAndTheHeadAsItWas() throws Exception {
    Path file = quantised(read(SmallNetwork.graph()), smallRanges());
    List<TensorProto> constants = OnnxFile.read(file).getGraph().getInitializerList();
    assertThat(
            constants.stream()
                .filter(c -> c.getDataType() == TensorProto.DataType.FLOAT.getNumber())
                .filter(c -> c.getDimsCount() > 1)
                .map(TensorProto::getName))
        .containsExactly("head.weights");
    assertThat(
            constants.stream()
                .filter(c -> c.getName().equals("conv2.int8_weights"))
                .mapToInt(c -> c.getRawData().size()))
        .containsExactly(8 * 4 * 9);
  }

  /**
   * y = Wx + b with x and W off by half a step each, b by half of the product of the steps: the sum
   * over the inputs bounds the error.
   */
  @ParameterizedTest
  @ValueSource(strings = {"Gemm", "MatMul"})
  void aProductIsOffByNoMoreThanItsStepsExplain(String operator) throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    float[] weights = SmallNetwork.values(random, IN * OUT, 0.5);
    float[] bias = operator.equals("Gemm") ? SmallNetwork.values(random, OUT, 1) : new float[OUT];
    OnnxGraph graph =
        new OnnxGraph("product")
            .input("x", IN)
            .constant("w", weights, IN, OUT)
            .constant("b", bias, OUT)
            .node(
                operator, operator.equals("Gemm") ? List.of("x", "w", "b") : List.of("x", "w"), "y")
            .output("y", OUT);
    Range range = new Range(-2, 2);
    float[] x = SmallNetwork.values(random, IN, 2);
    float[] y = run(quantised(read(graph), Map.of("x", range)), x, "y");
    for (int o = 0; o < OUT; o++) {
      double exact = bias[o];
      double greatest = 0;
      double sumX = 0;
      double sumW = 0;
      for (int i = 0; i < IN; i++) {
        float w = weights[i * OUT + o];
        exact += w * x[i];
        greatest = Math.max(greatest, Math.abs(w));
        sumX += Math.abs(x[i]);
        sumW += Math.abs(w);
      }
      double stepX = 4.0 / 255;
      double stepW = greatest / 127;
      double bound =
          stepX / 2 * sumW + stepW / 2 * sumX + IN * stepX * stepW / 4 + stepX * stepW / 2;
      assertThat((double) y[o]).isCloseTo(exact, within(bound * 1.001));
    }
    assertThat(optimised(folder.resolve("int8.onnx"))).doesNotContainKeys("Gemm", "FusedGemm");
  }

  /** A bias far above all weights: in 32 bits only with larger steps of the weights. */
  @Test
  void aBiasThatWouldNotFitIsKept() throws Exception {
    OnnxGraph graph =
        new OnnxGraph("bias")
            .input("x", 1)
            .constant("w", new float[] {1e-9f}, 1, 1)
            .constant("b", new float[] {1000}, 1)
            .node("Gemm", List.of("x", "w", "b"), "y")
            .output("y", 1);
    Path file = quantised(read(graph), Map.of("x", new Range(0, 1)));
    assertThat(run(file, new float[] {0.5f}, "y")[0]).isCloseTo(1000, within(0.01f));
  }

  private static float[] run(Path onnx, float[] x, String output) {
    Map<String, float[]> outputs = new TreeMap<>();
    try (TensorProbe probe = TensorProbe.open(onnx)) {
      probe.run(
          FloatBuffer.wrap(x),
          new long[] {1, x.length},
          (name, values) -> {
            float[] copy = new float[values.remaining()];
            values.get(copy);
            outputs.put(name, copy);
          });
    }
    return outputs.get(output);
  }

  /** Heads behind an embedding, products of two inputs, scaled ones: all stay as they are. */
  @Test
  void whatCannotBeIntegersStays() throws Exception {
    OnnxGraph graph =
        new OnnxGraph("none")
            .input("x", 4, 4)
            .constant("w", new float[16], 4, 4)
            .node("MatMul", List.of("x", "x"), "square")
            .node("MatMul", List.of("w", "square"), "left")
            .node("Identity", List.of("left"), "embedding")
            .node("MatMul", List.of("embedding", "w"), "y")
            .output("y", 4, 4);
    QdqPlan plan = QdqPlan.of(read(graph).getGraph(), "embedding");
    assertThat(plan.layers()).isEmpty();
    assertThat(plan.sources()).isEmpty();
  }
}
