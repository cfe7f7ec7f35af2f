package io.earshot.models.importer;

import io.earshot.models.onnx.OnnxGraph;
import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.Manifest.NetworkFile;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * VGGish at its full size, 72 million weights, with seeded random ones and a head that gives
 * scores: what it hears means nothing, what it costs is what VGGish costs.
 *
 * <pre>{@code
 * Path written = RandomVggish.write(Path.of("models/packages"));
 * }</pre>
 *
 * <p>Weights are uniform with the variance 2 / inputs, which keeps the size of activations from
 * layer to layer (He et al., "Delving deep into rectifiers", ICCV 2015).
 */
public final class RandomVggish {
  public static final String NAME = "vggish-random";

  private static final int CLASSES = 16;
  private static final long SEED = 1;

  private final SplittableRandom random = new SplittableRandom(SEED);

  private RandomVggish() {}

  /**
   * Writes the package {@value #NAME} of 289 MB; holds 430 MB of heap meanwhile.
   *
   * @param packages the folder that it is written into
   * @return the package's folder
   * @throws PackageException it cannot be written
   */
  public static Path write(Path packages) throws PackageException {
    Path onnx = null;
    try {
      onnx = Files.createTempFile("earshot-" + NAME, ".onnx");
      new RandomVggish().graph().writeTo(onnx);
      return PackageWriter.write(content(onnx), packages, staged -> {});
    } catch (IOException e) {
      throw new PackageException(
          "Cannot write %s: %s".formatted(packages, PackageException.reason(e)), e);
    } finally {
      delete(onnx);
    }
  }

  private OnnxGraph graph() throws PackageException {
    int size = VggishImporter.EMBEDDING_SIZE;
    OnnxGraph graph = VggishImporter.graph((name, shape) -> values(shape));
    return graph
        .constant("head_weights", values(size, CLASSES), size, CLASSES)
        .node("MatMul", List.of(NetworkFile.EMBEDDING, "head_weights"), "logits")
        .node("Sigmoid", List.of("logits"), NetworkFile.SCORES)
        .output(NetworkFile.SCORES, CLASSES);
  }

  /** Biases, which have one dimension, are zeros. */
  private float[] values(int... shape) {
    int inputs = IntStream.of(shape).limit(shape.length - 1L).reduce(1, (a, b) -> a * b);
    float[] values = new float[inputs * shape[shape.length - 1]];
    if (shape.length > 1) {
      float bound = (float) Math.sqrt(6.0 / inputs);
      for (int i = 0; i < values.length; i++) {
        values[i] = bound * (2 * random.nextFloat() - 1);
      }
    }
    return values;
  }

  private static PackageContent content(Path onnx) {
    List<String> labels = IntStream.range(0, CLASSES).mapToObj(i -> "random_" + i).toList();
    return new PackageContent(NAME, "1", "GPL-3.0-or-later")
        .source(Manifest.Source.inWords("random numbers, seed " + SEED))
        .card(
            """
            # vggish-random

            A network of VGGish's layers and size with random weights, for measuring speed. Its
            scores mean nothing.
            """)
        .network(onnx, NetworkTranslation.PATCHES, FrontEnd.vggish(0.01), 960)
        .embedding(VggishImporter.EMBEDDING_SIZE)
        .scores(labels, new Manifest.Thresholds(0.5f, Map.of()));
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // It lies among the temporary files.
    }
  }
}
