package io.earshot.models.transfer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With networks whose logit is a line over the mean of the patch: -6.9 in silence, more in noise.
 */
class NoiseCheckTest {
  @TempDir Path packages;

  @Test
  void aClassThatNoiseRaisesIsNamed() throws Exception {
    ModelPackage model = write(line(0, -5), line(1, 3));
    assertThatThrownBy(() -> NoiseCheck.check(model, 1))
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith("No package was written: \"second\" would be heard in made ")
        .hasMessageContaining(" noise (score 0.")
        .hasMessageContaining(", threshold 0.500)")
        .hasMessageContaining("\"background\"");
  }

  @Test
  void aClassThatSilenceRaisesIsNamed() throws Exception {
    // The logit is 0.4 in silence and below 0 where the mean is above -6.5.
    ModelPackage model = write(line(-1, -6.5), line(0, -5));
    assertThatThrownBy(() -> NoiseCheck.check(model, 1))
        .hasMessageContaining("\"first\" would be heard in made silence (score 0.60");
  }

  @Test
  void classesThatStayQuietPass() throws Exception {
    ModelPackage model = write(line(0, -0.1), line(0, -5));
    assertThatCode(() -> NoiseCheck.check(model, 1)).doesNotThrowAnyException();
  }

  @Test
  void theBackgroundMayBeRaised() throws Exception {
    ModelPackage model = write(line(0, -5), line(0, -5), line(0, 5));
    assertThatCode(() -> NoiseCheck.check(model, 1)).doesNotThrowAnyException();
  }

  @Test
  void aThresholdOfItsOwnCounts() throws Exception {
    // The score is 0.55 everywhere.
    ModelPackage model = write(line(0, -5), line(0, 0.2));
    assertThatThrownBy(() -> NoiseCheck.check(model, 1)).hasMessageContaining("\"second\"");
    ModelPackage higher = write(Map.of("second", 0.6f), line(0, -5), line(0, 0.2));
    assertThatCode(() -> NoiseCheck.check(higher, 1)).doesNotThrowAnyException();
  }

  private record Line(float slope, float shift) {}

  private static Line line(double slope, double shift) {
    return new Line((float) slope, (float) shift);
  }

  private ModelPackage write(Line... lines) throws PackageException {
    return write(Map.of(), lines);
  }

  private ModelPackage write(Map<String, Float> thresholds, Line... lines) throws PackageException {
    List<String> labels = List.of("first", "second", "background").subList(0, lines.length);
    PackageContent content =
        new PackageContent("lines", "1", "CC0-1.0")
            .source(Manifest.Source.inWords("made in a test"))
            .card("# lines\n")
            .network(ByteBuffer.wrap(network(lines)), "patches", FrontEnd.vggish(0.001), 960)
            .scores(labels, new Manifest.Thresholds(0.5f, thresholds));
    if (lines.length == 3) {
      content.background("background");
    }
    return ModelPackage.load(PackageWriter.write(content, packages, staged -> {}));
  }

  private static byte[] network(Line... lines) {
    float[] weights = new float[lines.length * LogMel.BANDS];
    float[] bias = new float[lines.length];
    for (int i = 0; i < lines.length; i++) {
      Arrays.fill(weights, i * LogMel.BANDS, (i + 1) * LogMel.BANDS, lines[i].slope / LogMel.BANDS);
      bias[i] = lines[i].shift;
    }
    OnnxGraph graph = new OnnxGraph("lines").input("patches", LogMel.ROWS, LogMel.BANDS);
    graph.constant("weights", weights, lines.length, LogMel.BANDS);
    graph.constant("bias", bias, lines.length);
    graph.node(
        "ReduceMean",
        List.of("patches"),
        "mean",
        OnnxAttribute.integers("axes", 1),
        OnnxAttribute.integer("keepdims", 0));
    graph.node(
        "Gemm", List.of("mean", "weights", "bias"), "logits", OnnxAttribute.integer("transB", 1));
    graph.node("Sigmoid", List.of("logits"), "scores");
    return graph.output("scores", lines.length).toBytes();
  }
}
