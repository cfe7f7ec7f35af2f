package io.earshot.models.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of a package to be written: bytes, or a file that is copied and never held in memory. */
sealed interface PackageFile {
  String sha256() throws IOException;

  void writeTo(FileChannel channel) throws IOException;

  /** What is small or was just computed. */
  record Bytes(ByteBuffer bytes) implements PackageFile {
    @Override
    public String sha256() {
      return Sha256.of(bytes);
    }

    @Override
    public void writeTo(FileChannel channel) throws IOException {
      ByteBuffer rest = bytes.duplicate();
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
  }

  /** What may be larger than the heap. */
  record Copy(Path source) implements PackageFile {
    @Override
    public String sha256() throws IOException {
      return Sha256.of(source);
    }

    @Override
    public void writeTo(FileChannel channel) throws IOException {
      Files.copy(source, Channels.newOutputStream(channel));
    }
  }
}
