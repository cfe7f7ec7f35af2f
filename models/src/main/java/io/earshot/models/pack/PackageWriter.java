package io.earshot.models.pack;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes a package whole or not at all.
 *
 * <pre>{@code
 * Path directory = PackageWriter.write(content, Path.of("models/packages"), staged -> {
 *   try (Network network = Network.open(staged, options)) { ... } // refuse what does not run
 * });
 * }</pre>
 *
 * <p>The files are written to a hidden sibling directory and forced to the disk; the package is
 * read back and checked there, and then moved to its name in one step. A package of that name is
 * put aside for that step only, and put back if it fails.
 */
public final class PackageWriter {

  private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private PackageWriter() {}

  /** A last look at the finished package before it gets its name. */
  @FunctionalInterface
  public interface Check {
    /**
     * Looks at the package in its hidden directory.
     *
     * @throws PackageException why it must not be installed
     */
    void check(ModelPackage staged) throws PackageException;
  }

  /**
   * Writes the package to {@code packagesDirectory/<name>}, which it makes or replaces.
   *
   * @return the package's directory
   * @throws PackageException what failed; nothing of the new package is left, and the old one stays
   */
  public static Path write(PackageContent content, Path packagesDirectory, Check check)
      throws PackageException {
    Path target = packagesDirectory.resolve(content.name());
    Path staging = sibling(target);
    try {
      Files.createDirectories(packagesDirectory);
      // Not createTempDirectory: that one shuts out every other user of the machine.
      Files.createDirectory(staging);
      for (Map.Entry<String, PackageFile> file : content.files().entrySet()) {
        writeForced(staging.resolve(file.getKey()), file.getValue());
      }
      force(staging);
      check.check(ModelPackage.load(staging));
      replace(target, staging);
      force(packagesDirectory);
      return target;
    } catch (IOException e) {
      throw new PackageException(
          "Cannot write model package %s: %s".formatted(target, PackageException.reason(e)), e);
    } finally {
      deleteQuietly(staging);
    }
  }

  /**
   * Deletes what writers of an installed package have left that were killed. Only for who knows
   * that nobody else is writing it.
   *
   * @param directory the package's directory
   */
  public static void deleteLeftovers(Path directory) {
    String start = "." + directory.getFileName() + "-";
    try (Stream<Path> entries = Files.list(directory.toAbsolutePath().getParent())) {
      entries
          .filter(entry -> entry.getFileName().toString().matches(Pattern.quote(start) + UUID_FORM))
          .forEach(PackageWriter::deleteQuietly);
    } catch (IOException e) {
      // They are in nobody's way but the disk's.
    }
  }

  /** No file system moves a directory over a full one: for one moment the old one steps aside. */
  private static void replace(Path target, Path staging) throws IOException {
    if (!Files.exists(target)) {
      Files.move(staging, target, ATOMIC_MOVE);
      return;
    }
    Path old = sibling(target);
    Files.move(target, old, ATOMIC_MOVE);
    try {
      Files.move(staging, target, ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(old, target, ATOMIC_MOVE);
      throw e;
    }
    deleteQuietly(old);
  }

  private static Path sibling(Path target) {
    return target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
  }

  private static void writeForced(Path file, PackageFile content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
      content.writeTo(channel);
      channel.force(true);
    }
  }

  private static void force(Path directory) throws IOException {
    if (System.getProperty("os.name").startsWith("Windows")) {
      return; // It has no way to open a directory.
    }
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }

  /** Flat directories only: that is what a package is. */
  private static void deleteQuietly(Path directory) {
    // What a link leads to is somebody else's.
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.toList()) {
        Files.deleteIfExists(entry);
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      // What is left starts with a dot and so is no package; the caller's own error matters more.
    }
  }
}
