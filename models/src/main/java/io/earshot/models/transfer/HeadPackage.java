package io.earshot.models.transfer;

import io.earshot.models.evaluate.ClipReport;
import io.earshot.models.evaluate.WorstMistakes;
import io.earshot.models.head.DenseHead;
import io.earshot.models.onnx.OnnxGraph;
import io.earshot.models.onnx.OnnxPart;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.Manifest.NetworkFile;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A head behind its backbone, as a package: one network, which gives the backbone's embedding and
 * the head's scores. It needs no other package.
 */
final class HeadPackage {
  static final float STANDARD_THRESHOLD = 0.5f;

  private final HeadRequest request;
  private final ModelPackage backbone;

  HeadPackage(HeadRequest request) {
    this.request = request;
    this.backbone = request.backbone();
  }

  /**
   * All but card and report.
   *
   * @param thresholds one for each of the labels
   * @throws PackageException the backbone's network is none that can be built on
   */
  PackageContent content(List<String> labels, float[] thresholds, DenseHead head)
      throws PackageException {
    return new PackageContent(request.name(), "1", licence())
        .source(Manifest.Source.inWords("trained by Earshot: " + request.command()))
        .network(
            network(head),
            backbone.inputName(),
            backbone.frontEnd(),
            (int) backbone.hop().toMillis())
        .backbone(backbone)
        .embedding(backbone.embeddingSize().orElseThrow())
        .scores(labels, thresholds(labels, thresholds));
  }

  /**
   * Writes the package, the files of the report in it.
   *
   * @param check refuses what must not be installed
   * @return the package's directory
   */
  Path write(
      PackageContent content,
      ClipReport report,
      WorstMistakes.Sounds sounds,
      Path packagesDirectory,
      PackageWriter.Check check)
      throws PackageException {
    try {
      for (Path file : report.write(request.temporary(), sounds)) {
        content.file(file.getFileName().toString(), file);
      }
    } catch (IOException e) {
      throw new PackageException("Cannot write the report: " + PackageException.reason(e), e);
    }
    Path directory = PackageWriter.write(content, packagesDirectory, check);
    PackageWriter.deleteLeftovers(directory);
    return directory;
  }

  private ByteBuffer network(DenseHead head) throws PackageException {
    try {
      OnnxGraph graph = OnnxPart.upTo(backbone.network(), NetworkFile.EMBEDDING);
      String logits = head.addTo(graph, NetworkFile.EMBEDDING);
      graph.node("Sigmoid", List.of(logits), NetworkFile.SCORES);
      return ByteBuffer.wrap(graph.output(NetworkFile.SCORES, head.outputs()).toBytes());
    } catch (IOException e) {
      throw new PackageException("Backbone " + backbone.name() + ": " + e.getMessage(), e);
    }
  }

  private static Manifest.Thresholds thresholds(List<String> labels, float[] thresholds) {
    Map<String, Float> own = new LinkedHashMap<>();
    for (int i = 0; i < thresholds.length; i++) {
      if (thresholds[i] != STANDARD_THRESHOLD) {
        own.put(labels.get(i), thresholds[i]);
      }
    }
    return new Manifest.Thresholds(STANDARD_THRESHOLD, own);
  }

  /** Both licences hold for a network of which both are parts; the backbone's may be several. */
  private String licence() {
    Set<String> all = new TreeSet<>(all(request.licence()));
    all.addAll(all(backbone.manifest().licence()));
    return String.join(" AND ", all);
  }

  private static List<String> all(String expression) {
    return expression.contains(" OR ")
        ? List.of("(" + expression + ")")
        : List.of(expression.split(" AND "));
  }
}
