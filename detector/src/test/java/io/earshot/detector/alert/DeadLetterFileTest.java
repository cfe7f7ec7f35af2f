package io.earshot.detector.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterFileTest {
  @TempDir private Path folder;

  /** A disk with room for one byte more. */
  private record Full(FileChannel file) implements SeekableByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (bytes.position() > 0) {
        throw new IOException("No space left on device");
      }
      return file.write(ByteBuffer.wrap(new byte[] {bytes.get()}));
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      file.truncate(size);
      return this;
    }

    @Override
    public int read(ByteBuffer bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel position(long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Test
  void aWriteThatFailsHalfWayLeavesNothingBehind() throws Exception {
    Path file = Files.writeString(folder.resolve("letters"), "{}\n");
    try (FileChannel open = FileChannel.open(file, StandardOpenOption.APPEND)) {
      ByteBuffer line = ByteBuffer.wrap("{\"a\":1}\n".getBytes());
      assertThatThrownBy(() -> DeadLetterFile.append(new Full(open), line))
          .hasMessage("No space left on device");
    }
    assertThat(file).hasContent("{}\n").hasSize(3);
  }
}
