package io.earshot.models.importer;

import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A public file, pinned by its digest.
 *
 * @param name what it is called here and in messages
 * @param mostBytes its size, or a bound where the size is not known
 */
record RemoteFile(String name, URI address, String sha256, long mostBytes) {

  /** What the file may be called in a mirror: by its name, or as at its address. */
  List<String> mirrorNames() {
    String path = address.getPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.equals(name) ? List.of(name) : List.of(name, last);
  }

  /**
   * Refuses what is not this file.
   *
   * @param origin what to call it in the message
   */
  void requireDigest(Path found, String origin) throws PackageException, IOException {
    String digest = Sha256.of(found);
    if (!digest.equals(sha256)) {
      throw new PackageException(
          "%s is not the %s that Earshot knows: %d bytes with sha256 %s, not %s"
              .formatted(origin, name, Files.size(found), digest, sha256));
    }
  }
}
