package io.earshot.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import io.earshot.models.SharedData;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import io.earshot.models.pack.SmallPackage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network small enough to compute by hand: embedding (mean, 2 mean), scores of three lines. */
class NetworkTest {

  private static final int PATCH = 96 * 64;

  @TempDir Path packages;

  @Test
  void scoresAndEmbeddingsAreThoseOfTheFormula() throws Exception {
    FloatBuffer patches = SharedData.direct(2 * PATCH);
    for (int i = 0; i < PATCH; i++) {
      patches.put(i, 1.5f).put(PATCH + i, -0.5f);
    }
    FloatBuffer scores = SharedData.direct(6);
    FloatBuffer embeddings = SharedData.direct(4);
    try (Network network = open(graph("patches", "scores"), Provider.CPU)) {
      assertThat(network.classes()).isEqualTo(3);
      assertThat(network.provider()).isEqualTo("CPU");
      network.score(patches, 2, scores);
      network.embed(patches, 2, embeddings);
    }
    assertValues(embeddings, 1.5, 3, -0.5, -1);
    assertValues(
        scores, sigmoid(1.5), sigmoid(3), sigmoid(4), sigmoid(-0.5), sigmoid(-1), sigmoid(-4));
  }

  @Test
  void theSameGraphGivesTheSameBytes() {
    assertThat(graph("patches", "scores")).isEqualTo(graph("patches", "scores"));
  }

  @Test
  void aFileThatIsNoNetworkIsRefused() {
    assertRefused(new byte[] {1, 2, 3}, "network.onnx: ");
    byte[] graph = graph("patches", "scores");
    assertRefused(Arrays.copyOf(graph, graph.length / 2), "network.onnx: ");
  }

  @Test
  void aNetworkThatDoesNotFitTheManifestIsRefused() {
    assertRefused(graph("pictures", "scores"), "inputs of the network are not those");
    assertRefused(graph("patches", "chances"), "outputs of the network are not those");
  }

  @Test
  void cudaIsRefusedByABuildWithoutIt() {
    Assumptions.assumeThat(OrtEnvironment.getAvailableProviders()).doesNotContain(OrtProvider.CUDA);
    assertThatThrownBy(() -> open(graph("patches", "scores"), Provider.CUDA))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("profile gpu");
  }

  @Test
  void autoFindsAProviderThatWorks() throws Exception {
    try (Network network = open(graph("patches", "scores"), Provider.AUTO)) {
      assertThat(network.provider()).isIn("CPU", "CUDA");
    }
  }

  private static byte[] graph(String input, String output) {
    return new OnnxGraph("small")
        .input(input, 96, 64)
        .node(
            "ReduceMean",
            List.of(input),
            "mean",
            OnnxAttribute.integers("axes", 2),
            OnnxAttribute.integer("keepdims", 0))
        .node(
            "ReduceMean",
            List.of("mean"),
            "level",
            OnnxAttribute.integers("axes", 1),
            OnnxAttribute.integer("keepdims", 1))
        .constant("up", new float[] {1, 2}, 1, 2)
        .node("MatMul", List.of("level", "up"), "embedding")
        .constant("lines", new float[] {1, 0, 2, 0, 1, 1}, 2, 3)
        .constant("bias", new float[] {0, 0, -2}, 3)
        .node("MatMul", List.of("embedding", "lines"), "raw")
        .node("Add", List.of("raw", "bias"), "shifted")
        .node("Sigmoid", List.of("shifted"), output)
        .output("embedding", 2)
        .output(output, 3)
        .toBytes();
  }

  private Network open(byte[] graph, Provider provider) throws PackageException {
    Path directory = PackageWriter.write(SmallPackage.around(graph), packages, staged -> {});
    return Network.open(ModelPackage.load(directory), new NetworkOptions(provider, 0));
  }

  private void assertRefused(byte[] graph, String message) {
    assertThatThrownBy(() -> open(graph, Provider.CPU))
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith("Model package " + packages.resolve("small"))
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  private static void assertValues(FloatBuffer found, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found.get(i)).isCloseTo(expected[i], within(1e-5));
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
