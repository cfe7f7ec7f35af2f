package io.earshot.producer.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A folder of the file system, locked against other processes. */
public final class Folder implements Disk {
  private static final String LOCK_FILE = ".lock";

  private final Path path;
  private final FileChannel lock;

  private Folder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** See {@link Disk.Opener#open}. */
  public static Folder open(Path path) throws IOException {
    Files.createDirectories(path);
    FileChannel file =
        FileChannel.open(
            path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (file.tryLock() != null) {
        return new Folder(path, file);
      }
    } catch (OverlappingFileLockException e) {
      // Held in this very process: refused like any other.
    }
    file.close();
    throw new SpoolInUseException(path);
  }

  @Override
  public List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public DiskFile open(String name) throws IOException {
    Path file = path.resolve(name);
    if (!Files.exists(file)) {
      Files.createFile(file);
      syncNames();
    }
    return new FolderFile(new RandomAccessFile(file.toFile(), "rw"));
  }

  @Override
  public ByteBuffer read(String name) throws IOException {
    try {
      return ByteBuffer.wrap(Files.readAllBytes(path.resolve(name)));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public void replace(String name, ByteBuffer content) throws IOException {
    Path next = path.resolve(name + ".new");
    try (FileChannel file =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (content.hasRemaining()) {
        file.write(content);
      }
      file.force(false);
    }
    Files.move(next, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(path.resolve(name));
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  /** So that a new file's name survives a loss of power, too. */
  private void syncNames() {
    try (FileChannel names = FileChannel.open(path, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException e) {
      // Not every system opens folders; there it is the system's matter.
    }
  }
}
