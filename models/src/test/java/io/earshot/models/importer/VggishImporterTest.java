package io.earshot.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.earshot.models.SharedData;
import io.earshot.models.pack.PackageException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** VGGish in full size with random weights, in ONNX Runtime and in plain loops. */
class VggishImporterTest {

  @TempDir static Path directory;

  private static VggishWeights weights;
  private static OrtSession session;

  @BeforeAll
  static void convert() throws Exception {
    weights = VggishWeights.random(1);
    Path checkpoint = directory.resolve("vggish_model.ckpt");
    Path onnx = directory.resolve("vggish.onnx");
    // What a training leaves beside the weights does not disturb.
    weights.checkpoint().list("global_step", 9, 1).write(checkpoint);
    VggishImporter.convert(checkpoint, onnx);
    Files.delete(checkpoint);
    session = OrtEnvironment.getEnvironment().createSession(onnx.toString());
  }

  @AfterAll
  static void close() throws Exception {
    session.close();
    weights = null;
  }

  @Test
  void theInputAndTheOutputAreThoseOfAPackage() throws Exception {
    assertThat(session.getInputInfo()).containsOnlyKeys("patches");
    assertThat(session.getOutputInfo()).containsOnlyKeys("embedding");
    assertThat(session.getInputInfo().get("patches").getInfo().toString())
        .contains("FLOAT", "[-1, 96, 64]");
    assertThat(session.getOutputInfo().get("embedding").getInfo().toString())
        .contains("FLOAT", "[-1, 128]");
  }

  @Test
  void embeddingsAreThoseOfPlainLoopsInTensorFlowsOrder() throws Exception {
    float[][] patches = patches(2);
    float[][] found = embed(patches);
    for (int i = 0; i < patches.length; i++) {
      double[] expected = new PlainVggish(weights, false).embedding(patches[i]);
      assertThat(Arrays.stream(expected).min().orElseThrow()).isLessThan(-0.1);
      assertThat(relativeError(found[i], expected)).isLessThan(1e-4);
    }
    double[] wrong = new PlainVggish(weights, true).embedding(patches[0]);
    assertThat(relativeError(found[0], wrong)).isGreaterThan(0.5);
  }

  @Test
  void aBatchOfAnySizeGivesTheSame() throws Exception {
    float[][] patches = patches(3);
    float[][] together = embed(patches);
    for (int i = 0; i < patches.length; i++) {
      double[] alone = new double[128];
      float[] one = embed(patches[i])[0];
      Arrays.setAll(alone, k -> one[k]);
      assertThat(relativeError(together[i], alone)).isLessThan(1e-5);
    }
  }

  @Test
  void randomWeightsFailTheSmokeTest() {
    Path pca = SharedData.file("models/vggish/vggish_pca_params.npz");
    assertThatThrownBy(
            () -> VggishSmokeTest.check(VggishImporterTest::embed, VggishPostprocessor.read(pca)))
        .isInstanceOf(PackageException.class)
        .hasMessageMatching("VGGish's check failed: the embedding has mean .*, not 0.000657 .*");
  }

  @Test
  void anotherNetworkIsRefused() throws Exception {
    Path onnx = directory.resolve("none.onnx");
    Path checkpoint = directory.resolve("other.ckpt");
    assertThatThrownBy(
            () -> VggishImporter.convert(SharedData.file("tf-checkpoints/acrobot.ckpt"), onnx))
        .isInstanceOf(PackageException.class)
        .hasMessage("acrobot.ckpt holds no tensor vggish/conv1/weights");
    new CheckpointWriter()
        .add("vggish/conv1/weights", new float[9 * 32], 3, 3, 1, 32)
        .write(checkpoint);
    assertThatThrownBy(() -> VggishImporter.convert(checkpoint, onnx))
        .isInstanceOf(PackageException.class)
        .hasMessage(
            "other.ckpt holds vggish/conv1/weights of shape [3, 3, 1, 32], not [3, 3, 1, 64]");
    assertThat(onnx).doesNotExist();
  }

  private static float[][] patches(int count) {
    Random random = new Random(2);
    float[][] patches = new float[count][96 * 64];
    for (float[] patch : patches) {
      for (int i = 0; i < patch.length; i++) {
        patch[i] = (float) random.nextGaussian();
      }
    }
    return patches;
  }

  private static float[][] embed(float[]... patches) throws PackageException {
    FloatBuffer batch = FloatBuffer.allocate(patches.length * patches[0].length);
    for (float[] patch : patches) {
      batch.put(patch);
    }
    try (OnnxTensor input =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(),
                batch.flip(),
                new long[] {patches.length, 96, 64});
        OrtSession.Result result = session.run(Map.of("patches", input))) {
      return (float[][]) result.get("embedding").orElseThrow().getValue();
    } catch (OrtException e) {
      throw new PackageException("ONNX Runtime failed", e);
    }
  }

  /** The largest difference by the largest value. */
  private static double relativeError(float[] found, double[] expected) {
    double error = 0;
    double scale = 0;
    for (int i = 0; i < expected.length; i++) {
      error = Math.max(error, Math.abs(found[i] - expected[i]));
      scale = Math.max(scale, Math.abs(expected[i]));
    }
    return error / scale;
  }
}
