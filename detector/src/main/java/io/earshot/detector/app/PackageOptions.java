package io.earshot.detector.app;

import io.earshot.models.pack.ModelPackages;
import io.earshot.models.pack.PackageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** Which packages a command is about. */
final class PackageOptions {
  @Mixin private ConfigOptions config;

  /** The directory that packages are installed in. */
  Path directory() throws UserException {
    return Home.resolve(config.read(Map.of()).model().directory());
  }

  /** All that are installed, sorted by name. */
  List<Path> installed() throws UserException {
    try {
      return ModelPackages.installed(directory());
    } catch (PackageException e) {
      throw UserException.failed(e.getMessage(), e);
    }
  }

  /**
   * Those that are named.
   *
   * @throws UserException there is no such package
   */
  List<Path> named(List<String> names) throws UserException {
    List<Path> found = new ArrayList<>();
    for (String name : names) {
      try {
        found.add(ModelPackages.locate(name, directory()));
      } catch (PackageException e) {
        throw UserException.wrongUse(e.getMessage(), e);
      }
    }
    return found;
  }
}
