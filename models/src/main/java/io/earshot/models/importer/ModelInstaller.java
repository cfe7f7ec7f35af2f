package io.earshot.models.importer;

import io.earshot.models.onnx.ModelException;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.onnx.Provider;
import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import io.earshot.models.pack.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
 * <p>The file is downloaded, or copied from a mirror, to a temporary file; its digest is checked,
 * its network converted and run once; then the package appears whole. Whatever fails leaves nothing
 * behind, and a package that was there stays.
 */
public final class ModelInstaller {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Download download;
  private final Path temporaryDirectory;

  /** Downloads through the proxies of the system properties or the environment. */
  public ModelInstaller() {
    this(
        new Download(PATIENCE, new EnvironmentProxies(System.getenv(), ProxySelector.getDefault())),
        Path.of(System.getProperty("java.io.tmpdir")));
  }

  ModelInstaller(Download download, Path temporaryDirectory) {
    this.download = download;
    this.temporaryDirectory = temporaryDirectory;
  }

  /** The names that {@link #install} knows. */
  public static List<String> names() {
    return CatalogueEntry.names();
  }

  /**
   * Installs a model, or replaces it.
   *
   * @param from the model's file, or a directory that holds it; empty to download it
   * @return the package's directory
   * @throws PackageException one line that says what could not be done
   */
  public Path install(
      String name, Optional<Path> from, Path packagesDirectory, InstallProgress progress)
      throws PackageException {
    CatalogueEntry entry =
        CatalogueEntry.find(name)
            .orElseThrow(
                () ->
                    new PackageException(
                        "No model \"%s\" to install. Known: %s"
                            .formatted(name, String.join(", ", names()))));
    return install(entry, from, packagesDirectory, progress);
  }

  Path install(
      CatalogueEntry entry, Optional<Path> from, Path packagesDirectory, InstallProgress progress)
      throws PackageException {
    Path file = null;
    try {
      // A copy even of a local file: what is converted is then what was checked.
      file = Files.createTempFile(temporaryDirectory, "earshot-" + entry.name(), ".tflite");
      String origin = fetch(entry, from, file, progress);
      checkDigest(entry, origin, file);
      return PackageWriter.write(content(entry, file), packagesDirectory, ModelInstaller::run);
    } catch (IOException e) {
      throw new PackageException(
          "Cannot install %s: %s".formatted(entry.name(), PackageException.reason(e)), e);
    } finally {
      delete(file);
    }
  }

  /** Brings the file here; returns what to call it in messages. */
  private String fetch(
      CatalogueEntry entry, Optional<Path> from, Path file, InstallProgress progress)
      throws PackageException, IOException {
    if (from.isEmpty()) {
      String address = entry.address().toString();
      download.fetch(entry.address(), file, entry.bytes(), progress);
      checkOutline(entry, address, file);
      return address;
    }
    Path source = locate(entry, from.get());
    checkOutline(entry, source.toString(), source);
    Files.copy(source, file, StandardCopyOption.REPLACE_EXISTING);
    return source.toString();
  }

  private static Path locate(CatalogueEntry entry, Path from) throws PackageException {
    if (!Files.isDirectory(from)) {
      if (!Files.isRegularFile(from)) {
        throw new PackageException(from + ": no such file or directory");
      }
      return from;
    }
    return entry.fileNames().stream()
        .map(from::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new PackageException(
                    "%s holds no %s".formatted(from, String.join(" or ", entry.fileNames()))));
  }

  private static void checkOutline(CatalogueEntry entry, String origin, Path file)
      throws PackageException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (!TfliteFile.isTflite(ByteBuffer.wrap(in.readNBytes(16)))) {
        throw new PackageException(origin + " is not a TFLite file");
      }
    }
    long bytes = Files.size(file);
    if (bytes != entry.bytes()) {
      throw new PackageException(
          "%s has %d bytes, not the %d of %s"
              .formatted(origin, bytes, entry.bytes(), entry.name()));
    }
  }

  private static void checkDigest(CatalogueEntry entry, String origin, Path file)
      throws PackageException, IOException {
    String sha256 = Sha256.of(file);
    if (!sha256.equals(entry.sha256())) {
      throw new PackageException(
          "%s has sha256 %s, not the %s of %s"
              .formatted(origin, sha256, entry.sha256(), entry.name()));
    }
  }

  private static PackageContent content(CatalogueEntry entry, Path file) throws PackageException {
    TfliteImporter.Imported imported = TfliteImporter.read(file, entry.name(), entry.frontEnd());
    return new PackageContent(entry.name(), entry.version(), entry.licence())
        .source(entry.source())
        .card(ModelCard.of(entry, imported))
        .network(imported.onnx(), NetworkTranslation.PATCHES, entry.frontEnd(), entry.hopMillis())
        .embedding(imported.embeddingSize())
        .scores(imported.labels(), new Manifest.Thresholds(entry.threshold(), Map.of()));
  }

  /** Scores one patch of silence: a conversion that does not run is never installed. */
  private static void run(ModelPackage staged) throws PackageException {
    FrontEnd frontEnd = staged.frontEnd();
    FloatBuffer patch = direct(frontEnd.frames() * frontEnd.bands());
    for (int i = 0; i < patch.capacity(); i++) {
      patch.put(i, (float) Math.log(frontEnd.logOffset()));
    }
    FloatBuffer scores = direct(staged.classes());
    try (Network network = Network.open(staged, new NetworkOptions(Provider.CPU, 1))) {
      network.score(patch, 1, scores);
    } catch (ModelException e) {
      throw new PackageException(
          "The converted " + staged.name() + " does not run: " + e.getMessage(), e);
    }
    for (int i = 0; i < scores.capacity(); i++) {
      if (!(scores.get(i) >= 0 && scores.get(i) <= 1)) {
        throw new PackageException(
            "The converted %s scores %s on silence".formatted(staged.name(), scores.get(i)));
      }
    }
  }

  private static FloatBuffer direct(int values) {
    return ByteBuffer.allocateDirect(values * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // A temporary file that the system keeps: the package is whole, or the reason is thrown.
    }
  }
}
