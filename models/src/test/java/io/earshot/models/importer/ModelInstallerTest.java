package io.earshot.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.models.SharedData;
import io.earshot.models.pack.ModelPackages;
import io.earshot.models.pack.PackageException;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may not be installed, and that nothing of it stays. */
class ModelInstallerTest {

  @TempDir Path directory;

  private Path packages;
  private Path source;
  private ModelInstaller installer;

  @BeforeEach
  void directories() throws Exception {
    packages = directory.resolve("packages");
    source = Files.createDirectory(directory.resolve("source"));
    installer =
        new ModelInstaller(
            new Download(Duration.ofSeconds(5), Duration.ZERO, ProxySelector.getDefault()));
  }

  @Test
  void aMirrorMayKeepTheNameOfTheAddress() throws Exception {
    Files.copy(yamnet(), source.resolve("1.tflite"));
    Path installed = install(source);
    assertThat(installed).isEqualTo(packages.resolve("yamnet"));
    assertThat(ModelPackages.installed(packages)).containsExactly(installed);
    assertThat(install(source.resolve("1.tflite"))).isEqualTo(installed);
    assertThat(packages).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void aWrongDigestIsRefused() throws Exception {
    byte[] bytes = Files.readAllBytes(yamnet());
    bytes[2_000_000]++;
    assertRefused(
        bytes,
        "is not the yamnet.tflite that Earshot knows: 4126810 bytes with sha256 ",
        ", not " + entry().sha256());
  }

  @Test
  void aTruncatedFileIsRefused() throws Exception {
    byte[] bytes = Files.readAllBytes(yamnet());
    assertRefused(Arrays.copyOf(bytes, 1_000_000), "knows: 1000000 bytes with sha256");
  }

  @Test
  void aFileThatIsTooLongIsRefused() throws Exception {
    assertRefused(new byte[4_126_811], "it has 4126811 bytes, more than 4126810");
  }

  @Test
  void whatAKilledInstallationLeftGoesWithTheNextOne() throws Exception {
    Files.copy(yamnet(), source.resolve("1.tflite"));
    Path staged = packages.resolve(".yamnet-6f1c0a52-9d0e-4b7b-8a55-0123456789ab");
    Path other = packages.resolve(".yamnet-two-6f1c0a52-9d0e-4b7b-8a55-0123456789ab");
    Files.createDirectories(other);
    Files.createDirectories(staged);
    Files.writeString(staged.resolve("network.onnx"), "half");
    Files.createDirectories(packages.resolve(".yamnet.install"));
    Files.writeString(packages.resolve(".yamnet.install/yamnet.tflite"), "half");
    Files.createFile(packages.resolve(".yamnet.lock"));
    Path installed = install(source);
    assertThat(packages.toFile().listFiles()).containsOnly(installed.toFile(), other.toFile());
  }

  @Test
  void twoInstallationsOfOneModelDoNotMeet() throws Exception {
    Files.copy(yamnet(), source.resolve("1.tflite"));
    try (InstallFolder taken = InstallFolder.open(packages, "yamnet")) {
      assertThatThrownBy(() -> install(source))
          .isInstanceOf(PackageException.class)
          .hasMessage("Another installation of yamnet is going on");
      assertThat(taken.path()).isEmptyDirectory();
    }
    install(source);
  }

  @Test
  void aMissingPathIsRefused() {
    assertRefused(source.resolve("none"), source.resolve("none") + ": no such file or directory");
    assertRefused(source, source + " holds no yamnet.tflite or 1.tflite");
  }

  @Test
  void anUnknownModelIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(
            () -> installer.install("yamnot", Optional.empty(), packages, InstallProgress.NONE))
        .isInstanceOf(PackageException.class)
        .hasMessage("No model \"yamnot\" to install. Known: vggish, yamnet");
    assertThat(ModelInstaller.names()).containsExactly("vggish", "yamnet");
  }

  private void assertRefused(byte[] bytes, String... message) throws Exception {
    Path file = Files.write(source.resolve("yamnet.tflite"), bytes);
    assertRefused(file, message);
    assertRefused(source, message);
  }

  private void assertRefused(Path from, String... message) {
    assertThatThrownBy(() -> install(from))
        .isInstanceOf(PackageException.class)
        .hasMessageContainingAll(message)
        .hasMessageContaining(from.toString())
        .hasMessageNotContaining("\n");
    assertThat(packages.toFile().list()).isNullOrEmpty();
  }

  private Path install(Path from) throws PackageException {
    return installer.install("yamnet", Optional.of(from), packages, InstallProgress.NONE);
  }

  private static RemoteFile entry() {
    return Yamnet.PUBLISHED.weights();
  }

  private static Path yamnet() {
    return SharedData.file("models/yamnet/yamnet.tflite");
  }
}
