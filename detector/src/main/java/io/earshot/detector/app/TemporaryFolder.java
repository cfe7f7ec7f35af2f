package io.earshot.detector.app;

import io.earshot.detector.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders that live as long as the process. */
final class TemporaryFolder {
  private static final Logger log = LoggerFactory.getLogger(TemporaryFolder.class);

  private TemporaryFolder() {}

  /** A new folder whose name begins with {@code prefix}. */
  static Path create(String prefix) {
    try {
      return Files.createTempDirectory(prefix);
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder: " + e.getMessage(), e);
    }
  }

  /** Deletes the folders in {@code parent} that processes which were killed have left behind. */
  static void deleteAbandoned(Path parent, String prefix) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, prefix + "*")) {
      for (Path folder : folders) {
        if (isAbandoned(folder.resolve(EmbeddedBroker.LOCK_FILE))) {
          log.debug("{} was left behind and is deleted", folder);
          delete(folder);
        }
      }
    } catch (IOException e) {
      log.debug("{}: {}", parent, e.getMessage());
    }
  }

  /** Deletes the folder and all in it; what cannot be deleted is said and left. */
  static void delete(Path folder) {
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (IOException e) {
      log.warn("{} could not be deleted: {}", folder, e.getMessage());
    }
  }

  /** Whether there is a lock that nobody holds. */
  private static boolean isAbandoned(Path lock) {
    try (FileChannel file = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = file.tryLock()) {
      return held != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
