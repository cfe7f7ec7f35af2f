package io.earshot.models.pack;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What goes into a new package; the names of its files are always the same.
 *
 * @param network an ONNX model
 * @param labels one per score
 * @param card what a reader should know of the model, in Markdown
 */
public record PackageContent(
    String name,
    String version,
    String licence,
    Manifest.Source source,
    FrontEnd frontEnd,
    int hopMillis,
    String inputName,
    int embeddingSize,
    Manifest.Thresholds thresholds,
    ByteBuffer network,
    List<String> labels,
    String card) {

  private static final String NETWORK = "network.onnx";
  private static final String LABELS = "labels.csv";
  private static final String CARD = "card.md";

  /** Every file of the package by name, {@code model.yaml} with the digests of the others. */
  Map<String, ByteBuffer> files() {
    Map<String, ByteBuffer> files = new TreeMap<>();
    files.put(NETWORK, network);
    files.put(LABELS, utf8(LabelTable.format(labels)));
    files.put(CARD, utf8(card));
    Map<String, String> digests = new TreeMap<>();
    files.forEach((file, bytes) -> digests.put(file, Sha256.of(bytes)));
    files.put(ManifestFile.NAME, utf8(ManifestFile.format(manifest(digests))));
    return files;
  }

  private Manifest manifest(Map<String, String> digests) {
    Manifest.NetworkFile networkFile =
        new Manifest.NetworkFile(
            NETWORK,
            Map.of(inputName, List.of(frontEnd.frames(), frontEnd.bands())),
            new TreeMap<>(
                Map.of(
                    Manifest.NetworkFile.EMBEDDING, List.of(embeddingSize),
                    Manifest.NetworkFile.SCORES, List.of(labels.size()))));
    return new Manifest(
        name,
        version,
        licence,
        source,
        frontEnd,
        hopMillis,
        networkFile,
        LABELS,
        thresholds,
        digests);
  }

  private static ByteBuffer utf8(String text) {
    return StandardCharsets.UTF_8.encode(text);
  }
}
