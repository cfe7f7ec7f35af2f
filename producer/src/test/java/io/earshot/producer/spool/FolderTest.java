package io.earshot.producer.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
  @TempDir private Path path;

  @Test
  void bytesAreReadWhereTheyWereWritten() throws Exception {
    try (Folder folder = Folder.open(path);
        DiskFile file = folder.open("a")) {
      file.write(bytes(1, 2, 3, 4), 0);
      file.write(bytes(5, 6, 7).slice(1, 2), 3);
      assertThat(file.size()).isEqualTo(5);
      assertThat(read(file, 1, 4)).isEqualTo(bytes(2, 3, 6, 7));
      file.truncate(2);
      file.sync();
      assertThatThrownBy(() -> read(file, 1, 2))
          .isInstanceOf(EOFException.class)
          .hasMessage("the file ends at 2");
    }
  }

  /** As who sends is when it is to end. */
  @Test
  void anInterruptClosesNoFile() throws Exception {
    try (Folder folder = Folder.open(path);
        DiskFile file = folder.open("a")) {
      file.write(bytes(1, 2), 0);
      Thread.currentThread().interrupt();
      assertThat(read(file, 0, 2)).isEqualTo(bytes(1, 2));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(read(file, 1, 1)).isEqualTo(bytes(2));
    } finally {
      Thread.interrupted();
    }
  }

  private static ByteBuffer read(DiskFile file, long at, int count) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(count);
    file.read(into, at);
    return into.flip();
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return bytes.flip();
  }
}
