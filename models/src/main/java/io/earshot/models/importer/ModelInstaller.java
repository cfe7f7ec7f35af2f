package io.earshot.models.importer;

import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import io.earshot.models.pack.Sha256;
import java.io.IOException;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Installs public models as packages.
 *
 * <pre>{@code
 * ModelInstaller installer = new ModelInstaller();
 * Path yamnet = installer.install(
 *     "yamnet", Optional.empty(), Path.of("models/packages"), InstallProgress.NONE);
 * }</pre>
 *
 * <p>The files are downloaded, or copied from a mirror, into a hidden folder beside the packages;
 * their digests are checked, the network is converted and tried out; then the package appears
 * whole. Whatever fails leaves nothing but the part of a broken download, which the next
 * installation completes, and a package that was there stays.
 */
public final class ModelInstaller {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Download download;

  /** Downloads through the proxies of the system properties or the environment. */
  public ModelInstaller() {
    this(
        new Download(
            PATIENCE, PAUSE, new EnvironmentProxies(System.getenv(), ProxySelector.getDefault())));
  }

  ModelInstaller(Download download) {
    this.download = download;
  }

  /** The names that {@link #install} knows. */
  public static List<String> names() {
    return Catalogue.names();
  }

  /**
   * Installs a model, or replaces it.
   *
   * @param from a directory that holds the model's files, or the file of a model that has one;
   *     empty to download them
   * @return the package's directory
   * @throws PackageException one line that says what could not be done
   */
  public Path install(
      String name, Optional<Path> from, Path packagesDirectory, InstallProgress progress)
      throws PackageException {
    PublicModel model =
        Catalogue.find(name)
            .orElseThrow(
                () ->
                    new PackageException(
                        "No model \"%s\" to install. Known: %s"
                            .formatted(name, String.join(", ", names()))));
    return install(model, from, packagesDirectory, progress);
  }

  Path install(
      PublicModel model, Optional<Path> from, Path packagesDirectory, InstallProgress progress)
      throws PackageException {
    requireHeap(model, Runtime.getRuntime().maxMemory());
    Optional<Mirror> mirror =
        from.isEmpty() ? Optional.empty() : Optional.of(Mirror.of(model, from.get()));
    try (InstallFolder folder = InstallFolder.open(packagesDirectory, model.name())) {
      List<Path> files = new ArrayList<>();
      for (RemoteFile file : model.files()) {
        files.add(
            mirror.isPresent() ? mirror.get().copy(file, folder) : fetch(file, folder, progress));
      }
      Path installed =
          PackageWriter.write(model.convert(files, folder.path()), packagesDirectory, model::check);
      PackageWriter.deleteLeftovers(installed);
      for (RemoteFile file : model.files()) {
        folder.part(file).discard();
      }
      return installed;
    } catch (IOException e) {
      throw new PackageException(
          "Cannot install %s: %s".formatted(model.name(), PackageException.reason(e)), e);
    }
  }

  /** Before anything is downloaded. */
  static void requireHeap(PublicModel model, long bytes) throws PackageException {
    if (bytes < model.heapBytes()) {
      throw new PackageException(
          "Converting %1$s needs %2$d MB of heap, and Java has %3$d; set EARSHOT_JAVA_OPTS=-Xmx%4$dm"
              .formatted(
                  model.name(),
                  model.heapBytes() / 1_000_000,
                  bytes / 1_000_000,
                  model.heapBytes() / 800_000));
    }
  }

  private Path fetch(RemoteFile file, InstallFolder folder, InstallProgress progress)
      throws PackageException, IOException {
    PartialFile part = folder.part(file);
    // A process that was stopped at the wrong moment may have left all of it.
    if (part.size() == 0 || !Sha256.of(part.path()).equals(file.sha256())) {
      download.fetch(file, part, progress);
    }
    try {
      file.requireDigest(part.path(), file.address().toString());
    } catch (PackageException e) {
      part.discard();
      throw e;
    }
    // Kept until the package is there: a disk that fills up meanwhile costs no second download.
    return part.path();
  }
}
