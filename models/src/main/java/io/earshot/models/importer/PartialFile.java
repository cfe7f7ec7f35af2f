package io.earshot.models.importer;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What has arrived of a file, and the server's mark of the version that it is part of, in a file
 * beside it.
 */
record PartialFile(Path path) {

  long size() throws IOException {
    return Files.exists(path) ? Files.size(path) : 0;
  }

  /** What to send as {@code If-Range}, if the server gave anything. */
  Optional<String> version() throws IOException {
    return Files.exists(mark()) ? Optional.of(Files.readString(mark())) : Optional.empty();
  }

  /**
   * Begins anew. The bytes go before the mark changes: it never stands for others than it names.
   */
  OutputStream restart(Optional<String> version) throws IOException {
    OutputStream out = Files.newOutputStream(path);
    if (version.isPresent()) {
      Files.writeString(mark(), version.get());
    } else {
      Files.deleteIfExists(mark());
    }
    return out;
  }

  /** Goes on behind what is there. */
  OutputStream append() throws IOException {
    return Files.newOutputStream(path, CREATE, APPEND);
  }

  void discard() throws IOException {
    Files.deleteIfExists(path);
    Files.deleteIfExists(mark());
  }

  private Path mark() {
    return path.resolveSibling(path.getFileName() + ".version");
  }
}
