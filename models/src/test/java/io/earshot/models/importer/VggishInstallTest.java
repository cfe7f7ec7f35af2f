package io.earshot.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.models.SharedData;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.Sha256;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** VGGish without its weights: a checkpoint of the right form and size with random ones. */
class VggishInstallTest {

  private static final ModelInstaller INSTALLER =
      new ModelInstaller(
          new Download(Duration.ofSeconds(1), Duration.ZERO, ProxySelector.getDefault()));

  @TempDir static Path source;
  @TempDir Path directory;

  private Path packages;

  @BeforeAll
  static void writeCheckpoint() throws Exception {
    VggishWeights.random(1).checkpoint().write(source.resolve("vggish_model.ckpt"));
    Files.copy(
        SharedData.file("models/vggish/vggish_pca_params.npz"),
        source.resolve("vggish_pca_params.npz"));
  }

  @BeforeEach
  void noPackages() {
    packages = directory.resolve("packages");
  }

  @Test
  void otherWeightsAreRefusedByTheirDigest() {
    assertRefused(
        Vggish.PUBLISHED,
        source,
        source.resolve("vggish_model.ckpt") + " is not the vggish_model.ckpt that Earshot knows");
  }

  @Test
  void otherWeightsThatAreTakenForTheRealOnesFailTheSmokeTest() throws Exception {
    RemoteFile real = Vggish.PUBLISHED.checkpoint();
    String digest = Sha256.of(source.resolve(real.name()));
    RemoteFile random = new RemoteFile(real.name(), real.address(), digest, real.mostBytes());
    assertRefused(
        new Vggish(Vggish.PUBLISHED.pca(), random), source, "VGGish's check failed: the embedding");
  }

  @Test
  void bothFilesMustBeThere() throws Exception {
    Path half = Files.createDirectory(directory.resolve("half"));
    Files.copy(source.resolve("vggish_pca_params.npz"), half.resolve("vggish_pca_params.npz"));
    assertRefused(Vggish.PUBLISHED, half, half + " holds no vggish_model.ckpt");
    Path file = half.resolve("vggish_pca_params.npz");
    assertRefused(
        Vggish.PUBLISHED,
        file,
        file
            + " is one file; vggish needs a directory that holds vggish_pca_params.npz and"
            + " vggish_model.ckpt");
  }

  private void assertRefused(Vggish model, Path from, String message) {
    assertThatThrownBy(
            () -> INSTALLER.install(model, Optional.of(from), packages, InstallProgress.NONE))
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("\n");
    assertThat(packages.toFile().list()).isNullOrEmpty();
  }

  @Test
  void aHeapThatIsTooSmallIsToldBeforeTheDownload() {
    assertThatThrownBy(() -> ModelInstaller.requireHeap(Vggish.PUBLISHED, 256_000_000))
        .isInstanceOf(PackageException.class)
        .hasMessage(
            "Converting vggish needs 600 MB of heap, and Java has 256;"
                + " set EARSHOT_JAVA_OPTS=-Xmx750m");
  }
}
