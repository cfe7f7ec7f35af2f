package io.earshot.models.pack;

import static io.earshot.models.pack.Manifest.NetworkFile.EMBEDDING;
import static io.earshot.models.pack.Manifest.NetworkFile.SCORES;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A model package that was read and found sound: every digest, shape, label and threshold fits.
 *
 * <pre>{@code
 * ModelPackage model = ModelPackage.load(Path.of("models/packages/yamnet"));
 * String label = model.labels().get(0); // "Speech"
 * float threshold = model.threshold(0);
 * }</pre>
 *
 * <p>Immutable, so any thread may use it. The files are not held open.
 */
public final class ModelPackage {

  private static final int MAX_TEXT_BYTES = 10_000_000;

  private final Path directory;
  private final Manifest manifest;
  private final List<String> labels;
  private final float[] thresholds;
  private final ScoreDistribution distribution;

  private ModelPackage(
      Path directory, Manifest manifest, List<String> labels, ScoreDistribution distribution) {
    this.distribution = distribution;
    this.directory = directory;
    this.manifest = manifest;
    this.labels = labels;
    this.thresholds = new float[labels.size()];
    Manifest.Thresholds given = manifest.thresholds();
    for (int i = 0; i < thresholds.length; i++) {
      thresholds[i] = given.labels().getOrDefault(labels.get(i), given.standard());
    }
  }

  /**
   * Reads the package in {@code directory} and checks all of it.
   *
   * @throws PackageException one line that names the package, the file or key, and what is wrong
   */
  public static ModelPackage load(Path directory) throws PackageException {
    try {
      return read(directory);
    } catch (ManifestFile.InvalidManifest e) {
      throw refusal(directory, ManifestFile.NAME + ": " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw refusal(directory, directory.relativize(Path.of(e.getFile())) + " is missing", e);
    } catch (IOException e) {
      throw refusal(directory, PackageException.reason(e), e);
    }
  }

  private static ModelPackage read(Path directory)
      throws PackageException, IOException, ManifestFile.InvalidManifest {
    Manifest manifest = ManifestFile.parse(text(directory, ManifestFile.NAME));
    for (Map.Entry<String, String> file : manifest.files().entrySet()) {
      if (!Sha256.of(directory.resolve(file.getKey())).equals(file.getValue())) {
        throw refusal(directory, file.getKey() + " does not have the sha256 of model.yaml", null);
      }
    }
    checkInput(directory, manifest);
    List<String> labels = labels(directory, manifest);
    checkNamed(directory, manifest, labels);
    checkCompared(directory, manifest);
    return new ModelPackage(directory, manifest, labels, distribution(directory, manifest, labels));
  }

  private static String text(Path directory, String file) throws PackageException, IOException {
    Path path = directory.resolve(file);
    if (Files.size(path) > MAX_TEXT_BYTES) {
      throw refusal(directory, file + " is larger than 10 MB", null);
    }
    try {
      return Files.readString(path);
    } catch (CharacterCodingException e) {
      throw refusal(directory, file + " is not UTF-8", e);
    }
  }

  private static void checkInput(Path directory, Manifest manifest) throws PackageException {
    List<Integer> shape = manifest.network().inputs().values().iterator().next();
    List<Integer> patch = List.of(manifest.frontEnd().frames(), manifest.frontEnd().bands());
    if (!shape.equals(patch)) {
      throw refusal(
          directory,
          "model.yaml: network.inputs: shape %s is not the front end's %s".formatted(shape, patch),
          null);
    }
  }

  private static List<String> labels(Path directory, Manifest manifest)
      throws PackageException, IOException {
    if (!manifest.network().hasScores()) {
      return List.of();
    }
    String file = manifest.labels();
    List<String> labels;
    try {
      labels = LabelTable.parse(text(directory, file));
    } catch (IllegalArgumentException e) {
      throw refusal(directory, file + ": " + e.getMessage(), e);
    }
    int classes = manifest.network().outputs().get(SCORES).get(0);
    if (labels.size() != classes) {
      throw refusal(
          directory,
          "%s: %d labels for the %d scores of the network".formatted(file, labels.size(), classes),
          null);
    }
    return labels;
  }

  private static ScoreDistribution distribution(
      Path directory, Manifest manifest, List<String> labels) throws PackageException, IOException {
    String file = manifest.distribution();
    if (file == null) {
      return null;
    }
    try {
      ScoreDistribution distribution = ScoreDistribution.parse(text(directory, file));
      for (String label : distribution.labels()) {
        if (!labels.contains(label)) {
          throw new IllegalArgumentException("no such label \"" + label + "\"");
        }
      }
      return distribution;
    } catch (IllegalArgumentException e) {
      throw refusal(directory, file + ": " + e.getMessage(), e);
    }
  }

  /** What the manifest says of single labels must be of labels that there are. */
  private static void checkNamed(Path directory, Manifest manifest, List<String> labels)
      throws PackageException {
    Map<String, String> named = new TreeMap<>();
    if (manifest.thresholds() != null) {
      manifest
          .thresholds()
          .labels()
          .keySet()
          .forEach(label -> named.put(label, "thresholds.labels"));
    }
    if (manifest.background() != null) {
      named.put(manifest.background(), "background");
    }
    labels.forEach(named::remove);
    for (Map.Entry<String, String> unknown : named.entrySet()) {
      throw refusal(
          directory,
          "model.yaml: %s: no such label \"%s\"".formatted(unknown.getValue(), unknown.getKey()),
          null);
    }
  }

  /** A quantised network that is too far from the one it was made of is not used. */
  private static void checkCompared(Path directory, Manifest manifest) throws PackageException {
    if (manifest.quantised() != null) {
      Optional<String> fault = manifest.quantised().comparison().fault();
      if (fault.isPresent()) {
        throw refusal(directory, "model.yaml: quantised.comparison." + fault.get(), null);
      }
    }
  }

  private static PackageException refusal(Path directory, String problem, Exception cause) {
    return new PackageException("Model package " + directory + ": " + problem, cause);
  }

  public String name() {
    return manifest.name();
  }

  public String version() {
    return manifest.version();
  }

  public Path directory() {
    return directory;
  }

  public Manifest manifest() {
    return manifest;
  }

  public FrontEnd frontEnd() {
    return manifest.frontEnd();
  }

  /** Whether the network scores labels; a backbone gives embeddings alone. */
  public boolean hasScores() {
    return manifest.network().hasScores();
  }

  /** The label of each score, in the order of the scores; none for a backbone. */
  public List<String> labels() {
    return labels;
  }

  /** The score from which on the label counts as heard, 0 to 1. */
  public float threshold(int labelIndex) {
    return thresholds[labelIndex];
  }

  /** A copy of the threshold of each label. */
  public float[] thresholds() {
    return thresholds.clone();
  }

  /** Index of the label that stands for none of the others and never raises an event. */
  public OptionalInt background() {
    String label = manifest.background();
    return label == null ? OptionalInt.empty() : OptionalInt.of(labels.indexOf(label));
  }

  /** What was measured of the model, if anything was. */
  public Optional<Manifest.Accuracy> accuracy() {
    return Optional.ofNullable(manifest.accuracy());
  }

  /** The scores that it gave clips of which the label is known, if somebody has counted them. */
  public Optional<ScoreDistribution> distribution() {
    return Optional.ofNullable(distribution);
  }

  /** Its name, its version and the digest of its network. */
  public Manifest.Backbone identity() {
    return new Manifest.Backbone(
        name(), version(), manifest.files().get(manifest.network().file()));
  }

  /** Time from the start of one segment to the start of the next. */
  public Duration hop() {
    return Duration.ofMillis(manifest.hopMillis());
  }

  /** The ONNX file. */
  public Path network() {
    return directory.resolve(manifest.network().file());
  }

  /** Name of the network's input, of shape batch x frames x bands. */
  public String inputName() {
    return manifest.network().inputs().keySet().iterator().next();
  }

  /** Number of scores, and of labels; 0 for a backbone. */
  public int classes() {
    return labels.size();
  }

  /** Values of one embedding, if the network gives embeddings. */
  public OptionalInt embeddingSize() {
    List<Integer> shape = manifest.network().outputs().get(EMBEDDING);
    return shape == null ? OptionalInt.empty() : OptionalInt.of(shape.get(0));
  }
}
