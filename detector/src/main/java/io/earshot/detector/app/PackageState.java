package io.earshot.detector.app;

import io.earshot.models.onnx.TrialRun;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.nio.file.Path;

/**
 * A package as it was found.
 *
 * @param model null if it has a fault
 * @param fault what is wrong with it, in one line; null if it is sound
 */
record PackageState(Path directory, ModelPackage model, String fault) {

  /** Reads manifest and labels and checks every digest. */
  static PackageState read(Path directory) {
    try {
      return new PackageState(directory, ModelPackage.load(directory), null);
    } catch (PackageException e) {
      return new PackageState(directory, null, fault(directory, e));
    }
  }

  /** Reads it and runs its network once. */
  static PackageState tried(Path directory) {
    PackageState read = read(directory);
    if (!read.isSound()) {
      return read;
    }
    try {
      TrialRun.of(read.model());
      return read;
    } catch (PackageException e) {
      return new PackageState(directory, null, fault(directory, e));
    }
  }

  boolean isSound() {
    return fault == null;
  }

  String name() {
    return directory.getFileName().toString();
  }

  /** The table names the package already. */
  private static String fault(Path directory, PackageException e) {
    return e.getMessage().replace("Model package " + directory + ": ", "");
  }
}
