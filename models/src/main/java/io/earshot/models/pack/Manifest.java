package io.earshot.models.pack;

import static java.util.Collections.unmodifiableMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What {@code model.yaml} says, each value checked by itself; {@link ModelPackage} checks the
 * values against one another and against the files.
 *
 * <pre>{@code
 * Manifest manifest = ModelPackage.load(directory).manifest();
 * String licence = manifest.licence(); // "Apache-2.0"
 * List<Integer> shape = manifest.network().outputs().get("scores"); // [521]
 * }</pre>
 *
 * @param name as in {@code --model NAME}; lower case letters, digits and {@code . _ -}
 * @param licence SPDX identifier of the weights' licence
 * @param hopMillis from one segment to the next: 960, 480 or 240
 * @param labels name of the label file; null, as thresholds are, for a network without scores
 * @param backbone whose embeddings the head was trained on, for a network that has one; may be null
 * @param background the label that stands for none of the others, shown and never raised; may be
 *     null
 * @param accuracy what was measured; may be null
 * @param quantised how it became a network of integers; null for one of float32
 * @param distribution name of the file with the scores of known clips; null if there is none
 * @param files every other file of the package and its sha256
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
    String name,
    String version,
    String licence,
    Source source,
    FrontEnd frontEnd,
    int hopMillis,
    NetworkFile network,
    @JsonProperty(required = false) Backbone backbone,
    @JsonProperty(required = false) String labels,
    @JsonProperty(required = false) Thresholds thresholds,
    @JsonProperty(required = false) String background,
    @JsonProperty(required = false) Accuracy accuracy,
    @JsonProperty(required = false) Quantised quantised,
    @JsonProperty(required = false) String distribution,
    Map<String, String> files) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public Manifest {
    check(NAME.matcher(name).matches(), "name: \"%s\" is not a package name", name);
    check(!version.isBlank(), "version: is empty", version);
    check(!licence.isBlank(), "licence: is empty", licence);
    check(
        Set.of(960, 480, 240).contains(hopMillis),
        "hopMillis: %s is none of 960, 480, 240",
        hopMillis);
    files.forEach(
        (file, sha256) -> {
          // A plain name: a package never reaches outside its own directory.
          check(FILE.matcher(file).matches(), "files: \"%s\" is not a plain file name", file);
          check(SHA256.matcher(sha256).matches(), "files.%s: is not a sha256 in hex", file);
        });
    check(files.containsKey(network.file()), "files: has no digest of %s", network.file());
    checkScored("labels", labels, network.hasScores());
    checkScored("thresholds", thresholds, network.hasScores());
    check(
        background == null || network.hasScores(), "background: is for networks with scores", null);
    check(labels == null || files.containsKey(labels), "files: has no digest of %s", labels);
    check(
        distribution == null || network.hasScores(),
        "distribution: is for networks with scores",
        null);
    check(
        distribution == null || files.containsKey(distribution),
        "files: has no digest of %s",
        distribution);
    files = unmodifiableMap(new TreeMap<>(files));
  }

  private static void checkScored(String key, Object value, boolean scores) {
    check(value == null || scores, "%s: is for networks with scores", key);
    check(value != null || !scores, "%s: is missing", key);
  }

  /** True if {@code name} may be a package's name, and so the name of its directory. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * Where the weights come from.
   *
   * @param address a URL, or words where there is none
   * @param sha256 digest of the file at that address; null where there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Source(String address, @JsonProperty(required = false) String sha256) {
    public Source {
      check(!address.isBlank(), "address: is empty", address);
      check(
          sha256 == null || SHA256.matcher(sha256).matches(),
          "sha256: is not a sha256 in hex",
          sha256);
    }

    /** Weights that are nowhere to be fetched: how they came about. */
    public static Source inWords(String words) {
      return new Source(words, null);
    }
  }

  /**
   * The package that a head was trained on. Its network up to the embedding is part of the head's
   * own file, so that it need not be installed.
   *
   * @param sha256 digest of the network that was taken
   */
  public record Backbone(String name, String version, String sha256) {
    public Backbone {
      check(NAME.matcher(name).matches(), "name: \"%s\" is not a package name", name);
      check(!version.isBlank(), "version: is empty", version);
      check(SHA256.matcher(sha256).matches(), "sha256: is not a sha256 in hex", sha256);
    }
  }

  /**
   * How often the model was right.
   *
   * @param value a share, 0 to 1
   * @param of of what: "top label of 320 ESC-10 clips"
   */
  public record Accuracy(double value, String of) {
    public Accuracy {
      check(value >= 0 && value <= 1, "value: %s is not within 0..1", value);
      check(!of.isBlank(), "of: is empty", of);
    }
  }

  /**
   * The ONNX file, its one input and its outputs, each with the shape of a single patch's tensor;
   * the batch dimension stands before it.
   */
  public record NetworkFile(
      String file, Map<String, List<Integer>> inputs, Map<String, List<Integer>> outputs) {

    /** Name of the output with one score per class, in the order of the labels; optional. */
    public static final String SCORES = "scores";

    /** Name of the output with what the classifier sees, features for new heads; optional. */
    public static final String EMBEDDING = "embedding";

    public NetworkFile {
      check(inputs.size() == 1, "inputs: need exactly one, not %s", inputs.size());
      check(!outputs.isEmpty(), "outputs: need \"scores\" or \"embedding\" or both", null);
      outputs.forEach(
          (name, shape) -> {
            check(Set.of(SCORES, EMBEDDING).contains(name), "outputs: unknown output %s", name);
            check(shape.size() == 1 && shape.get(0) > 0, "outputs.%s: is not one dimension", name);
          });
      inputs = unmodifiableMap(new LinkedHashMap<>(inputs));
      outputs = unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    boolean hasScores() {
      return outputs.containsKey(SCORES);
    }
  }

  /**
   * The score from which on a label counts as heard.
   *
   * @param standard for every label that has none of its own ({@code default} in the file)
   * @param labels the labels that have one of their own
   */
  public record Thresholds(
      @JsonProperty(value = "default", required = true) float standard, Map<String, Float> labels) {
    public Thresholds {
      check(isProbability(standard), "default: %s is not within 0..1", standard);
      labels.forEach(
          (label, value) -> check(isProbability(value), "labels.%s: is not within 0..1", label));
      labels = unmodifiableMap(new LinkedHashMap<>(labels));
    }

    private static boolean isProbability(float value) {
      return value >= 0 && value <= 1;
    }
  }

  private static void check(boolean holds, String message, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(value));
    }
  }
}
