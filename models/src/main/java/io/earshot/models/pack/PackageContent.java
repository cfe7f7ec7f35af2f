package io.earshot.models.pack;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What goes into a new package, said step by step.
 *
 * <pre>{@code
 * PackageContent content = new PackageContent("doorbells", "1", "CC0-1.0")
 *     .source(Manifest.Source.inWords("trained on 300 doorbells")).card("# doorbells\n")
 *     .network(onnxFile, "patches", FrontEnd.vggish(0.01), 960).scores(labels, thresholds);
 * }</pre>
 *
 * <p>{@code source}, {@code card}, {@code network} and one of {@code embedding} and {@code scores}
 * are needed; the network's file, the labels and the card always have the same names. Not for
 * several threads.
 */
public final class PackageContent {

  private static final String NETWORK = "network.onnx";
  private static final String LABELS = "labels.csv";
  private static final String CARD = "card.md";
  private static final String DISTRIBUTION = "distribution.csv";

  private final String name;
  private final String version;
  private final String licence;
  private final Map<String, PackageFile> files = new TreeMap<>();
  private final Map<String, List<Integer>> outputs = new TreeMap<>();
  private Manifest.Source source;
  private String input;
  private FrontEnd frontEnd;
  private int hopMillis;
  private Manifest.Backbone backbone;
  private Manifest.Thresholds thresholds;
  private String background;
  private Manifest.Accuracy accuracy;
  private Quantised quantised;
  private String distribution;

  /**
   * Begins the content of a package.
   *
   * @param licence SPDX identifier of the weights' licence
   */
  public PackageContent(String name, String version, String licence) {
    this.name = name;
    this.version = version;
    this.licence = licence;
  }

  /** All of a package as it is, to be changed in part. */
  public static PackageContent of(ModelPackage model) {
    Manifest manifest = model.manifest();
    PackageContent content = new PackageContent(model.name(), model.version(), manifest.licence());
    manifest.files().keySet().forEach(file -> content.file(file, model.directory().resolve(file)));
    content.source = manifest.source();
    content.input = model.inputName();
    content.frontEnd = manifest.frontEnd();
    content.hopMillis = manifest.hopMillis();
    content.outputs.putAll(manifest.network().outputs());
    content.backbone = manifest.backbone();
    content.thresholds = manifest.thresholds();
    content.background = manifest.background();
    content.accuracy = manifest.accuracy();
    content.quantised = manifest.quantised();
    content.distribution = manifest.distribution();
    return content;
  }

  public PackageContent source(Manifest.Source source) {
    this.source = source;
    return this;
  }

  /** What a reader should know of the model, in Markdown. */
  public PackageContent card(String markdown) {
    files.put(CARD, utf8(markdown));
    return this;
  }

  /**
   * The network, as bytes.
   *
   * @param input the name of its one input, batch x frames x bands
   */
  public PackageContent network(ByteBuffer onnx, String input, FrontEnd frontEnd, int hopMillis) {
    return network(new PackageFile.Bytes(onnx), input, frontEnd, hopMillis);
  }

  /** The network, in a file of any size that is copied when the package is written. */
  public PackageContent network(Path onnx, String input, FrontEnd frontEnd, int hopMillis) {
    return network(new PackageFile.Copy(onnx), input, frontEnd, hopMillis);
  }

  private PackageContent network(
      PackageFile onnx, String inputName, FrontEnd hears, int segmentHopMillis) {
    files.put(NETWORK, onnx);
    input = inputName;
    frontEnd = hears;
    hopMillis = segmentHopMillis;
    return this;
  }

  /** The network has the output {@code embedding} of so many values. */
  public PackageContent embedding(int size) {
    outputs.put(Manifest.NetworkFile.EMBEDDING, List.of(size));
    return this;
  }

  /** The network has the output {@code scores}, one for each of the labels. */
  public PackageContent scores(List<String> labels, Manifest.Thresholds thresholds) {
    outputs.put(Manifest.NetworkFile.SCORES, List.of(labels.size()));
    files.put(LABELS, utf8(LabelTable.format(labels)));
    this.thresholds = thresholds;
    return this;
  }

  /** The package whose network up to the embedding is the first part of this one's. */
  public PackageContent backbone(ModelPackage model) {
    return backbone(model.identity());
  }

  /** The same, of a package that need not be there any more. */
  public PackageContent backbone(Manifest.Backbone taken) {
    backbone = taken;
    return this;
  }

  /** The label that stands for none of the others: shown, never raised. */
  public PackageContent background(String label) {
    this.background = label;
    return this;
  }

  public PackageContent accuracy(Manifest.Accuracy accuracy) {
    this.accuracy = accuracy;
    return this;
  }

  /** The network is a quantised one, and was compared. */
  public PackageContent quantised(Quantised quantised) {
    this.quantised = quantised;
    return this;
  }

  /** What scores the network gives clips of which the label is known. */
  public PackageContent distribution(ScoreDistribution scores) {
    files.put(DISTRIBUTION, utf8(scores.format()));
    distribution = DISTRIBUTION;
    return this;
  }

  /** One more file, copied when the package is written. */
  public PackageContent file(String name, Path source) {
    files.put(name, new PackageFile.Copy(source));
    return this;
  }

  String name() {
    return name;
  }

  /** Every file of the package by name, {@code model.yaml} with the digests of the others. */
  Map<String, PackageFile> files() throws IOException {
    Map<String, String> digests = new TreeMap<>();
    for (Map.Entry<String, PackageFile> file : files.entrySet()) {
      digests.put(file.getKey(), file.getValue().sha256());
    }
    Map<String, PackageFile> all = new TreeMap<>(files);
    all.put(ManifestFile.NAME, utf8(ManifestFile.format(manifest(digests))));
    return all;
  }

  private Manifest manifest(Map<String, String> digests) {
    requireNonNull(digests.get(CARD), "card");
    requireNonNull(input, "network");
    return new Manifest(
        name,
        version,
        licence,
        requireNonNull(source, "source"),
        frontEnd,
        hopMillis,
        new Manifest.NetworkFile(
            NETWORK, Map.of(input, List.of(frontEnd.frames(), frontEnd.bands())), outputs),
        backbone,
        thresholds == null ? null : LABELS,
        thresholds,
        background,
        accuracy,
        quantised,
        distribution,
        digests);
  }

  private static PackageFile utf8(String text) {
    return new PackageFile.Bytes(StandardCharsets.UTF_8.encode(text));
  }
}
