package io.earshot.models.importer;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.earshot.models.pack.PackageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where on this machine the files of a model are. */
record Mirror(Map<RemoteFile, Path> files) {

  /**
   * Finds all files of a model before the first is touched.
   *
   * @param from a directory that holds them, or the file of a model that has one
   */
  static Mirror of(PublicModel model, Path from) throws PackageException {
    Map<RemoteFile, Path> found = new LinkedHashMap<>();
    for (RemoteFile file : model.files()) {
      found.put(file, Files.isDirectory(from) ? find(file, from) : only(model, from));
    }
    return new Mirror(found);
  }

  private static Path find(RemoteFile file, Path directory) throws PackageException {
    return file.mirrorNames().stream()
        .map(directory::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new PackageException(
                    directory + " holds no " + String.join(" or ", file.mirrorNames())));
  }

  private static Path only(PublicModel model, Path file) throws PackageException {
    if (!Files.isRegularFile(file)) {
      throw new PackageException(file + ": no such file or directory");
    }
    if (model.files().size() > 1) {
      List<String> names = model.files().stream().map(RemoteFile::name).toList();
      throw new PackageException(
          "%s is one file; %s needs a directory that holds %s"
              .formatted(file, model.name(), String.join(" and ", names)));
    }
    return file;
  }

  /** A checked copy: what is converted is then what was checked. */
  Path copy(RemoteFile file, InstallFolder folder) throws PackageException, IOException {
    Path source = files.get(file);
    if (Files.size(source) > file.mostBytes()) {
      throw new PackageException(
          "%s is not the %s that Earshot knows: it has %d bytes, more than %d"
              .formatted(source, file.name(), Files.size(source), file.mostBytes()));
    }
    Path copy = Files.copy(source, folder.path().resolve(file.name()), REPLACE_EXISTING);
    file.requireDigest(copy, source.toString());
    return copy;
  }
}
