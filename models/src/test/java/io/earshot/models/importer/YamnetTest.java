package io.earshot.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.models.SharedData;
import io.earshot.models.onnx.ModelException;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.onnx.Provider;
import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.ModelPackages;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real YAMNet, installed from its file, against an independent run of the same network. */
class YamnetTest {

  private static final int PATCH = 96 * 64;

  @TempDir static Path packages;

  private static ModelPackage yamnet;
  private static Network network;

  @BeforeAll
  static void install() throws Exception {
    new ModelInstaller()
        .install(
            "yamnet",
            Optional.of(SharedData.file("models/yamnet")),
            packages,
            InstallProgress.NONE);
    yamnet = ModelPackages.find("yamnet", packages);
    network = Network.open(yamnet, new NetworkOptions(Provider.CPU, 2));
  }

  @AfterAll
  static void close() {
    network.close();
    network.close();
  }

  @Test
  void scoresMatchTheReference() throws Exception {
    FloatBuffer scores = SharedData.direct(521);
    network.score(SharedData.floats("models/yamnet/reference_patch.f32"), 1, scores);
    assertThat(worst(scores, SharedData.floats("models/yamnet/reference_scores.f32")))
        .isLessThan(1e-5f);
    assertThat(top(scores)).isZero();
  }

  @Test
  void embeddingMatchesTheReference() throws Exception {
    FloatBuffer embedding = SharedData.direct(1024);
    network.embed(SharedData.floats("models/yamnet/reference_patch.f32"), 1, embedding);
    assertThat(worst(embedding, SharedData.floats("models/yamnet/reference_embedding.f32")))
        .isLessThan(1e-5f);
  }

  @Test
  void labelsAreTheDisplayNamesOfTheClassMap() throws Exception {
    List<String> lines = Files.readAllLines(SharedData.file("models/yamnet/yamnet_class_map.csv"));
    List<String> names =
        lines.stream()
            .skip(1)
            .map(line -> line.split(",", 3)[2])
            .map(name -> name.startsWith("\"") ? name.substring(1, name.length() - 1) : name)
            .toList();
    assertThat(names).hasSize(521).contains("Waves, surf");
    assertThat(yamnet.labels()).isEqualTo(names);
  }

  @Test
  void thePackageSaysWhatTheDetectorNeeds() throws Exception {
    assertThat(yamnet.frontEnd()).isEqualTo(FrontEnd.vggish(0.001));
    assertThat(yamnet.hop()).isEqualTo(Duration.ofMillis(960));
    assertThat(yamnet.classes()).isEqualTo(521);
    assertThat(yamnet.embeddingSize()).hasValue(1024);
    assertThat(yamnet.manifest().licence()).isEqualTo("Apache-2.0");
    assertThat(Files.readString(yamnet.directory().resolve("card.md")))
        .contains("Apache-2.0", "521", "N x 96 x 64", yamnet.manifest().source().sha256());
  }

  @Test
  void aScoreDoesNotDependOnItsBatch() throws Exception {
    FloatBuffer patches = SharedData.direct(16 * PATCH);
    new Random(1).doubles(16 * PATCH, -6, 3).forEach(value -> patches.put((float) value));
    patches.put(0, SharedData.floats("models/yamnet/reference_patch.f32"), 0, PATCH);
    FloatBuffer whole = SharedData.direct(16 * 521);
    network.score(patches, 16, whole);
    for (int batch : new int[] {1, 3}) {
      FloatBuffer part = SharedData.direct(batch * 521);
      for (int first = 0; first + batch <= 16; first += batch) {
        network.score(patches.slice(first * PATCH, batch * PATCH), batch, part);
        assertThat(worst(part, whole.slice(first * 521, batch * 521))).isLessThan(1e-6f);
      }
    }
  }

  @Test
  void positionAndLimitOfTheBuffersAreNeitherUsedNorChanged() throws Exception {
    FloatBuffer patch = SharedData.floats("models/yamnet/reference_patch.f32").position(7).limit(9);
    FloatBuffer scores = SharedData.direct(521).position(3);
    network.score(patch, 1, scores);
    assertThat(List.of(patch.position(), patch.limit(), scores.position()))
        .containsExactly(7, 9, 3);
    assertThat(worst(scores.clear(), SharedData.floats("models/yamnet/reference_scores.f32")))
        .isLessThan(1e-5f);
  }

  @Test
  void buffersThatTheRuntimeCannotUseAreRefused() {
    FloatBuffer patch = SharedData.direct(PATCH);
    FloatBuffer scores = SharedData.direct(521);
    assertThatThrownBy(() -> network.score(patch, 0, scores))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("0 patches");
    assertThatThrownBy(() -> network.score(FloatBuffer.allocate(PATCH), 1, scores))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("patches is not direct");
    assertThatThrownBy(() -> network.score(patch, 1, FloatBuffer.allocate(521)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("scores is not direct");
    assertThatThrownBy(() -> network.score(patch, 2, scores))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("fewer than 2 x 6144");
  }

  private static float worst(FloatBuffer found, FloatBuffer expected) {
    assertThat(found.capacity()).isEqualTo(expected.capacity());
    float worst = 0;
    for (int i = 0; i < found.capacity(); i++) {
      worst = Math.max(worst, Math.abs(found.get(i) - expected.get(i)));
    }
    return worst;
  }

  private static int top(FloatBuffer scores) {
    int top = 0;
    for (int i = 1; i < scores.capacity(); i++) {
      top = scores.get(i) > scores.get(top) ? i : top;
    }
    return top;
  }
}
