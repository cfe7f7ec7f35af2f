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
  private Path temporary;
  private Path source;
  private ModelInstaller installer;

  @BeforeEach
  void directories() throws Exception {
    packages = directory.resolve("packages");
    temporary = Files.createDirectory(directory.resolve("temporary"));
    source = Files.createDirectory(directory.resolve("source"));
    installer =
        new ModelInstaller(
            new Download(Duration.ofSeconds(5), ProxySelector.getDefault()), temporary);
  }

  @Test
  void aMirrorMayKeepTheNameOfTheAddress() throws Exception {
    Files.copy(yamnet(), source.resolve("1.tflite"));
    Path installed = install(source);
    assertThat(installed).isEqualTo(packages.resolve("yamnet"));
    assertThat(ModelPackages.installed(packages)).containsExactly(installed);
    assertThat(temporary).isEmptyDirectory();
    assertThat(install(source.resolve("1.tflite"))).isEqualTo(installed);
    assertThat(packages).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void aWrongDigestIsRefused() throws Exception {
    byte[] bytes = Files.readAllBytes(yamnet());
    bytes[2_000_000]++;
    assertRefused(bytes, "has sha256 ", "not the " + entry().sha256());
  }

  @Test
  void aTruncatedFileIsRefused() throws Exception {
    byte[] bytes = Files.readAllBytes(yamnet());
    assertRefused(Arrays.copyOf(bytes, 1_000_000), "has 1000000 bytes, not the 4126810 of yamnet");
  }

  @Test
  void aFileThatIsNotTfliteIsRefused() throws Exception {
    assertRefused(new byte[4_126_810], "is not a TFLite file");
    assertRefused(new byte[3], "is not a TFLite file");
    assertRefused(new byte[0], "is not a TFLite file");
  }

  @Test
  void aMissingPathIsRefused() {
    assertRefused(source.resolve("none"), source.resolve("none") + ": no such file or directory");
    assertRefused(source, source + " holds no 1.tflite or yamnet.tflite");
  }

  @Test
  void anUnknownModelIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(
            () -> installer.install("yamnot", Optional.empty(), packages, InstallProgress.NONE))
        .isInstanceOf(PackageException.class)
        .hasMessage("No model \"yamnot\" to install. Known: yamnet");
    assertThat(ModelInstaller.names()).containsExactly("yamnet");
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
    assertThat(packages).doesNotExist();
    assertThat(temporary).isEmptyDirectory();
  }

  private Path install(Path from) throws PackageException {
    return installer.install("yamnet", Optional.of(from), packages, InstallProgress.NONE);
  }

  private static CatalogueEntry entry() {
    return CatalogueEntry.find("yamnet").orElseThrow();
  }

  private static Path yamnet() {
    return SharedData.file("models/yamnet/yamnet.tflite");
  }
}
