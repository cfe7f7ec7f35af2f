package io.earshot.models.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPackagesTest {

  @TempDir Path packages;

  @Test
  void aPackageIsFoundByNameAndByDirectory() throws Exception {
    Path small = write();
    assertThat(ModelPackages.find("small", packages).directory()).isEqualTo(small);
    assertThat(ModelPackages.find(small.toString(), Path.of("nowhere")).directory())
        .isEqualTo(small);
  }

  @Test
  void aMissingPackageSaysWhatThereIsAndHowToGetOne() throws Exception {
    assertMissing("small", "(none is installed). To install one: ./earshot models install yamnet");
    write();
    assertMissing("smell", "(installed: small). To install one: ./earshot models install yamnet");
    assertMissing("no/such/directory", "No model package \"no/such/directory\"");
    assertMissing("\0", "No model package");
  }

  @Test
  void aDirectoryWithoutAManifestIsNoPackage() throws Exception {
    Path empty = Files.createDirectory(packages.resolve("empty"));
    assertThat(ModelPackages.installed(packages)).isEmpty();
    assertMissing("empty", "none is installed");
    assertThatThrownBy(() -> ModelPackages.find(empty.toString(), packages))
        .hasMessageContaining("model.yaml is missing");
  }

  @Test
  void unfinishedPackagesAreNotListed() throws Exception {
    Path small = write();
    Files.createDirectory(packages.resolve(".small-unfinished"));
    Files.copy(small.resolve("model.yaml"), packages.resolve(".small-unfinished/model.yaml"));
    assertThat(ModelPackages.installed(packages)).containsExactly(small);
    assertThat(ModelPackages.installed(packages.resolve("nowhere"))).isEmpty();
  }

  private Path write() throws PackageException {
    return PackageWriter.write(SmallPackage.around(new byte[1]), packages, staged -> {});
  }

  private void assertMissing(String name, String message) {
    assertThatThrownBy(() -> ModelPackages.find(name, packages))
        .isInstanceOf(PackageException.class)
        .hasMessageContaining(message);
  }
}
