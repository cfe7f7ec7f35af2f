package io.earshot.models.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageWriterTest {

  @TempDir Path packages;

  @Test
  void theSameContentGivesTheSameBytes() throws Exception {
    Path first = write(7, staged -> {});
    String manifest = Files.readString(first.resolve("model.yaml"));
    assertThat(write(7, staged -> {}).resolve("model.yaml")).hasContent(manifest);
  }

  @Test
  void aPackageIsReplacedWhole() throws Exception {
    Path target = write(1, staged -> {});
    Files.writeString(target.resolve("notes.txt"), "of the old one");
    write(2, staged -> assertThat(target.resolve("network.onnx")).hasBinaryContent(new byte[] {1}));
    assertThat(target.resolve("network.onnx")).hasBinaryContent(new byte[] {2});
    assertThat(target.resolve("notes.txt")).doesNotExist();
    assertThat(names()).containsExactly("small");
  }

  @Test
  void whatTheCheckRefusesLeavesTheOldPackage() throws Exception {
    Path target = write(1, staged -> {});
    PackageWriter.Check refusal =
        staged -> {
          throw new PackageException("does not run");
        };
    assertThatThrownBy(() -> write(2, refusal)).hasMessage("does not run");
    assertThat(target.resolve("network.onnx")).hasBinaryContent(new byte[] {1});
    assertThat(names()).containsExactly("small");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.createFile(packages.resolve("file"));
    assertThatThrownBy(
            () -> PackageWriter.write(SmallPackage.around(new byte[1]), file, staged -> {}))
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith("Cannot write model package " + file.resolve("small"));
  }

  @Test
  void filesOfAnySizeAreCopied() throws Exception {
    Path extra = Files.writeString(packages.resolve("weights.bin"), "many");
    PackageContent content = SmallPackage.around(new byte[1]).file("extra.bin", extra);
    Path target = PackageWriter.write(content, packages.resolve("installed"), staged -> {});
    assertThat(target.resolve("extra.bin")).hasContent("many");
    assertThat(extra).hasContent("many");
    Files.writeString(target.resolve("extra.bin"), "more");
    assertThatThrownBy(() -> ModelPackage.load(target))
        .hasMessageContaining("extra.bin does not have the sha256 of model.yaml");
  }

  @Test
  void othersMayReadThePackage() throws Exception {
    Path target = write(1, staged -> {});
    assertThat(Files.getPosixFilePermissions(target))
        .isEqualTo(Files.getPosixFilePermissions(Files.createDirectory(packages.resolve("usual"))));
  }

  private Path write(int network, PackageWriter.Check check) throws PackageException {
    return PackageWriter.write(SmallPackage.around(new byte[] {(byte) network}), packages, check);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(packages)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}
