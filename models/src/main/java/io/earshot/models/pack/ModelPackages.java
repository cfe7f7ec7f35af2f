package io.earshot.models.pack;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The packages that are installed in one directory, each in a directory of its own name.
 *
 * <pre>{@code
 * Path packages = Path.of("models/packages");
 * ModelPackage byName = ModelPackages.find("yamnet", packages);
 * ModelPackage byPath = ModelPackages.find("/data/my-model", packages);
 * }</pre>
 */
public final class ModelPackages {

  private ModelPackages() {}

  /**
   * The package of that name in {@code packagesDirectory}, or else the one in that directory.
   *
   * @throws PackageException as {@link #locate}; or the fault of the package that was found
   */
  public static ModelPackage find(String nameOrDirectory, Path packagesDirectory)
      throws PackageException {
    return ModelPackage.load(locate(nameOrDirectory, packagesDirectory));
  }

  /**
   * The directory of that package, sound or not.
   *
   * @throws PackageException no such package, with what is installed and how to install one
   */
  public static Path locate(String nameOrDirectory, Path packagesDirectory)
      throws PackageException {
    if (Manifest.isName(nameOrDirectory)) {
      Path installed = packagesDirectory.resolve(nameOrDirectory);
      if (isPackage(installed)) {
        return installed;
      }
    }
    Optional<Path> directory = directory(nameOrDirectory);
    if (directory.isPresent()) {
      return directory.get();
    }
    String names =
        installed(packagesDirectory).stream()
            .map(path -> path.getFileName().toString())
            .collect(joining(", "));
    throw new PackageException(
        "No model package \"%s\" in %s (%s). To install one: ./earshot models install yamnet"
            .formatted(
                nameOrDirectory,
                packagesDirectory,
                names.isEmpty() ? "none is installed" : "installed: " + names));
  }

  /** The directories of the installed packages, sorted by name; none if there is no directory. */
  public static List<Path> installed(Path packagesDirectory) throws PackageException {
    if (!Files.isDirectory(packagesDirectory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(packagesDirectory)) {
      // Names alone: PackageWriter's unfinished directories start with a dot.
      return entries
          .filter(entry -> Manifest.isName(entry.getFileName().toString()) && isPackage(entry))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new PackageException(
          "Cannot list " + packagesDirectory + ": " + PackageException.reason(e), e);
    }
  }

  /** A path counts when it is written as one or holds a package: a bare word may be a typo. */
  private static Optional<Path> directory(String text) {
    try {
      Path path = Path.of(text);
      boolean meant = path.getNameCount() > 1 || path.isAbsolute() || isPackage(path);
      return Optional.of(path).filter(p -> meant && Files.isDirectory(p));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean isPackage(Path directory) {
    return Files.isRegularFile(directory.resolve(ManifestFile.NAME));
  }
}
