package io.earshot.models.train;

import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A package that lives as long as it is judged. */
record TemporaryPackage(Path directory, ModelPackage model) implements AutoCloseable {

  static TemporaryPackage of(NetworkWeights weights, List<String> labels) throws PackageException {
    try {
      Path directory = Files.createTempDirectory("earshot-training");
      Path written = PackageWriter.write(content("fold", weights, labels), directory, staged -> {});
      return new TemporaryPackage(directory, ModelPackage.load(written));
    } catch (IOException e) {
      throw new PackageException("No temporary folder: " + PackageException.reason(e), e);
    }
  }

  /** A network as it was trained, neither calibrated nor judged. */
  static PackageContent content(String name, NetworkWeights weights, List<String> labels) {
    return new PackageContent(name, "1", "GPL-3.0-or-later")
        .source(Manifest.Source.inWords("trained by Earshot"))
        .card("# " + name + "\n")
        .network(
            NetworkGraph.of(weights),
            NetworkGraph.PATCHES,
            FrontEnd.vggish(BackboneTraining.LOG_OFFSET),
            BackboneRun.HOP_MILLIS)
        .embedding(BackboneShape.EMBEDDING)
        .scores(labels, new Manifest.Thresholds(0.5f, Map.of()));
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // A temporary folder that the system keeps.
    }
  }
}
