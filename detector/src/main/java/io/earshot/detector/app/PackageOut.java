package io.earshot.detector.app;

import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The package that a training writes. */
final class PackageOut {
  @Option(
      names = "--model-out",
      paramLabel = "DIR",
      required = true,
      description = "The package's folder, new or that of a package to be replaced.")
  private Path folder;

  @Option(
      names = "--licence",
      paramLabel = "SPDX",
      defaultValue = "LicenseRef-private",
      description = "Of what is trained; LicenseRef-private by default. The backbone's is added.")
  private String licence;

  String licence() {
    return licence;
  }

  /** The package's name: its folder's. */
  String name() {
    return absolute().getFileName().toString();
  }

  Path parent() {
    return absolute().getParent();
  }

  private Path absolute() {
    return folder.toAbsolutePath().normalize();
  }

  /**
   * Refuses, before the work, a folder that cannot become the package.
   *
   * @param needed a package that must stay
   */
  void check(ModelPackage needed) throws UserException {
    Path target = absolute();
    if (target.getParent() == null || !Manifest.isName(name())) {
      throw UserException.wrongUse(
          "--model-out: the folder's name \""
              + target.getFileName()
              + "\" is not a package name: lower case letters, digits, . _ -");
    }
    if (target.equals(needed.directory().toAbsolutePath().normalize())) {
      throw UserException.wrongUse("--model-out: " + folder + " is the backbone itself");
    }
    if (Files.exists(target) && !isEmpty(target) && !isPackage(target)) {
      throw UserException.wrongUse(
          "--model-out: " + folder + " is there and is no model package; name a new folder");
    }
  }

  private static boolean isPackage(Path folder) {
    try {
      ModelPackage.load(folder);
      return true;
    } catch (PackageException e) {
      return false;
    }
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      return false; // A file, or not ours to read.
    }
  }
}
