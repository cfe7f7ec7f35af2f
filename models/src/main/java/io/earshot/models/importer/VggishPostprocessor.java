package io.earshot.models.importer;

import io.earshot.models.pack.PackageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/**
 * VGGish's post-processing: the form in which AudioSet's embeddings were released.
 *
 * <pre>{@code
 * VggishPostprocessor postprocessor = VggishPostprocessor.read(Path.of("vggish_pca_params.npz"));
 * int[] released = postprocessor.apply(embedding); // 128 values of 0 to 255
 * }</pre>
 *
 * <p>PCA with whitening, clipping to [-2, 2], and 8 bits, cut off and not rounded. Source: {@code
 * vggish_postprocess.py} (github.com/tensorflow/models, audioset/vggish).
 */
final class VggishPostprocessor {

  private static final int SIZE = VggishImporter.EMBEDDING_SIZE;
  private static final double LIMIT = 2;
  private static final double STEPS = 255 / (2 * LIMIT);

  private final double[] eigenVectors;
  private final double[] means;

  private VggishPostprocessor(double[] eigenVectors, double[] means) {
    this.eigenVectors = eigenVectors;
    this.means = means;
  }

  /**
   * Reads the parameters from the arrays {@code pca_eigen_vectors} and {@code pca_means}.
   *
   * @throws PackageException one line: the file cannot be read or holds something else
   */
  static VggishPostprocessor read(Path npz) throws PackageException {
    try (ZipFile zip = new ZipFile(npz.toFile())) {
      return new VggishPostprocessor(
          NpyArray.read(zip, "pca_eigen_vectors", SIZE, SIZE),
          NpyArray.read(zip, "pca_means", SIZE, 1));
    } catch (FormatException e) {
      throw new PackageException("%s %s".formatted(npz.getFileName(), e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      // Damaged zips also show as exceptions that ZipFile does not declare.
      throw new PackageException(
          "%s cannot be read: %s".formatted(npz.getFileName(), PackageException.reason(e)), e);
    }
  }

  /** The released form of one embedding of 128 values: as many of 0 to 255. */
  int[] apply(float[] embedding) {
    int[] released = new int[SIZE];
    for (int row = 0; row < SIZE; row++) {
      double sum = 0;
      for (int i = 0; i < SIZE; i++) {
        sum += eigenVectors[row * SIZE + i] * (embedding[i] - means[i]);
      }
      double clipped = Math.max(-LIMIT, Math.min(LIMIT, sum));
      released[row] = (int) ((clipped + LIMIT) * STEPS);
    }
    return released;
  }
}
