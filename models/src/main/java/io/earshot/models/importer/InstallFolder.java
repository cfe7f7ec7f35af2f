package io.earshot.models.importer;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.earshot.models.pack.PackageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/**
 * The hidden folder in which one model is prepared, beside the packages, and for one process at a
 * time. When it is closed all goes but what a broken download has left; after a crash all of it is
 * there for the next installation.
 */
final class InstallFolder implements AutoCloseable {

  private static final String PART = ".part";

  private final Path path;
  private final Path lockFile;
  private final FileChannel lock;

  private InstallFolder(Path path, Path lockFile, FileChannel lock) {
    this.path = path;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Takes the folder of a model.
   *
   * @throws PackageException another installation of it is going on
   */
  static InstallFolder open(Path packagesDirectory, String model)
      throws IOException, PackageException {
    Files.createDirectories(packagesDirectory);
    Path lockFile = packagesDirectory.resolve("." + model + ".lock");
    FileChannel lock = lock(lockFile);
    if (lock == null) {
      throw new PackageException("Another installation of " + model + " is going on");
    }
    try {
      Path path = packagesDirectory.resolve("." + model + ".install");
      Files.createDirectories(path);
      return new InstallFolder(path, lockFile, lock);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /** What has arrived of a file, now or before. */
  PartialFile part(RemoteFile file) {
    return new PartialFile(path.resolve(file.sha256() + PART));
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      clear();
      // While the lock is still ours: another's lock is never deleted.
      Files.deleteIfExists(lockFile);
    }
  }

  private void clear() throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      for (Path entry : entries.toList()) {
        if (!entry.getFileName().toString().contains(PART)) {
          Files.delete(entry);
        }
      }
    }
    try {
      Files.delete(path);
    } catch (DirectoryNotEmptyException e) {
      // A part of a download is kept.
    }
  }

  /** The open, locked file; null if another has it. */
  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel = null;
    try {
      Object before = identity(file);
      channel = FileChannel.open(file, WRITE);
      // Who has had it deletes it: ours may be the lock on a file that nobody else will find.
      if (channel.tryLock() != null && identity(file).equals(before)) {
        return channel;
      }
    } catch (NoSuchFileException | OverlappingFileLockException e) {
      // Just deleted, or locked in this very process.
    }
    if (channel != null) {
      channel.close();
    }
    return null;
  }

  /** Tells a file from another of the same name; makes it if there is none. */
  private static Object identity(Path file) throws IOException {
    if (Files.notExists(file)) {
      Files.newOutputStream(file, CREATE).close();
    }
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key == null ? file : key;
  }
}
