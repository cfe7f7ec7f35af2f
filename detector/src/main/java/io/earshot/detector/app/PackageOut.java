package io.earshot.detector.app;

import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The package that a training writes. */
final class PackageOut {
  /** Identifiers, perhaps joined by AND, OR or WITH. */
  private static final Pattern LICENCE = Pattern.compile("[\\w.:+-]+( (AND|OR|WITH) [\\w.:+-]+)*");

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

  private volatile boolean replaces;

  /** A package of which nothing is trained, so that it keeps its licence. */
  static PackageOut at(Path folder) {
    PackageOut out = new PackageOut();
    out.folder = folder;
    out.licence = "LicenseRef-private";
    return out;
  }

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

  /** Refuses, before the work, what cannot become the package. */
  void check() throws UserException {
    Path target = absolute();
    replaces = Files.exists(target);
    if (target.getParent() == null || !Manifest.isName(name())) {
      throw UserException.wrongUse(
          "--model-out: the folder's name \""
              + Objects.requireNonNullElse(target.getFileName(), target)
              + "\" is not a package name: lower case letters, digits, . _ -");
    }
    checkPlace(target);
    if (!LICENCE.matcher(licence).matches()) {
      throw UserException.wrongUse(
          "--licence: \"" + licence + "\" is no SPDX identifier, such as CC0-1.0");
    }
  }

  private void checkPlace(Path target) throws UserException {
    if (Files.isSymbolicLink(target)) {
      throw UserException.wrongUse(
          "--model-out: " + folder + " is a symbolic link; name the folder itself");
    }
    if (Files.exists(target) && !isEmpty(target) && !isPackage(target)) {
      throw UserException.wrongUse(
          "--model-out: " + folder + " is there and is no model package; name a new folder");
    }
    if (!canBeWritten(target.getParent())) {
      throw UserException.wrongUse(
          "--model-out: " + target.getParent() + " is no folder that can be written to");
    }
  }

  /**
   * Refuses to replace a package that must stay.
   *
   * @param what it is: "the backbone"
   */
  void spare(ModelPackage needed, String what) throws UserException {
    try {
      if (Files.exists(absolute()) && Files.isSameFile(absolute(), needed.directory())) {
        throw UserException.wrongUse("--model-out: " + folder + " is " + what + " itself");
      }
    } catch (IOException e) {
      throw UserException.wrongUse("--model-out: " + folder + ": cannot be read", e);
    }
  }

  /** Deletes what a writing that is broken off has begun; the package that was there stays. */
  void deleteUnfinished() {
    // For one moment, the package that is being replaced has such a name itself.
    if (!replaces || Files.exists(absolute())) {
      PackageWriter.deleteLeftovers(absolute());
    }
  }

  /** Or can be made. */
  private static boolean canBeWritten(Path directory) {
    Path there = directory;
    while (Files.notExists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return Files.isDirectory(there) && Files.isWritable(there);
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
