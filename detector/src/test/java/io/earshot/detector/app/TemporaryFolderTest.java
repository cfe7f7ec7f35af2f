package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  @TempDir private Path parent;

  @Test
  void onlyWhatNobodyHoldsIsDeleted() throws Exception {
    Path abandoned = folder("earshot-broker1", true);
    Path inUse = folder("earshot-broker2", true);
    Path starting = folder("earshot-broker3", false);
    Path someoneElses = folder("other-broker4", true);
    try (FileChannel file =
            FileChannel.open(inUse.resolve("earshot.lock"), StandardOpenOption.WRITE);
        FileLock lock = file.lock()) {
      assertThat(lock.isValid()).isTrue();
      TemporaryFolder.deleteAbandoned(parent, "earshot-broker");
    }
    assertThat(abandoned).doesNotExist();
    assertThat(inUse).exists();
    assertThat(starting).exists();
    assertThat(someoneElses).exists();
  }

  @Test
  void aFolderIsDeletedWithAllThatIsInIt() throws Exception {
    Path folder = folder("earshot-broker1", true);
    TemporaryFolder.delete(folder);
    assertThat(folder).doesNotExist();
  }

  private Path folder(String name, boolean lock) throws Exception {
    Path folder = Files.createDirectories(parent.resolve(name).resolve("topic-0"));
    Files.writeString(folder.resolve("00.log"), "records");
    if (lock) {
      Files.createFile(folder.resolveSibling("earshot.lock"));
    }
    return parent.resolve(name);
  }
}
