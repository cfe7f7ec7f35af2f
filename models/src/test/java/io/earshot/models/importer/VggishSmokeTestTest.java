package io.earshot.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earshot.models.SharedData;
import io.earshot.models.pack.PackageException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check without the weights: embeddings and a post-processing of known statistics. */
class VggishSmokeTestTest {

  private static final double MEAN = 0.000657;
  private static final double DEVIATION = 0.343;

  @TempDir Path directory;

  private VggishPostprocessor postprocessor;

  /** Multiplies by 4.08: +-0.343 become +-1.4, 216 and 38 of 255, whose deviation is 89. */
  @BeforeEach
  void write() throws Exception {
    postprocessor = postprocessor(4.08);
  }

  /** The values are those of the original's formulas in NumPy, in double precision. */
  @Test
  void thePatchesAreThoseOfAFullScaleSine() {
    float[][] patches = VggishSmokeTest.patches();
    assertThat(patches).hasNumberOfRows(3);
    for (float[] patch : patches) {
      for (int row = 0; row < 96; row++) {
        assertBands(patch, row, 0, -4.48313252, -4.27083405, -4.17064267, -4.23770552);
        assertBands(patch, row, 18, 2.69300255, 4.81111773, 4.7750444, 2.26221533);
        assertBands(patch, row, 60, -4.6003725, -4.60069383, -4.60098887, -4.60116305);
      }
    }
  }

  private static void assertBands(float[] patch, int row, int band, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) patch[row * 64 + band + i]).isCloseTo(expected[i], within(3e-3));
    }
  }

  @Test
  void theExpectedStatisticsPass() {
    for (double factor : new double[] {0.92, 1, 1.08}) {
      assertThatCode(() -> check(MEAN * factor, DEVIATION * factor)).doesNotThrowAnyException();
    }
  }

  @Test
  void valuesThatAreOffAreNamed() {
    assertRefused("embedding has mean 0.000788, not 0.000657 within 10 %", MEAN * 1.2, DEVIATION);
    assertRefused("embedding has mean 0.00, not 0.000657 within 10 %", 0, DEVIATION);
    assertRefused("embedding has mean NaN, not 0.000657 within 10 %", Double.NaN, DEVIATION);
    assertRefused("standard deviation 0.412, not 0.343 within 10 %", MEAN, DEVIATION * 1.2);
  }

  @Test
  void anotherPostProcessingIsRefused() throws Exception {
    postprocessor = postprocessor(3);
    assertRefused(
        "post-processed embedding has standard deviation 65.5, not 89.3 within 10 %",
        MEAN, DEVIATION);
  }

  /** A real embedding, but of an old release that cut off what is negative. */
  @Test
  void anEmbeddingBehindAReluIsRefused() throws Exception {
    float[] old = SineGolden.read().embedding();
    VggishPostprocessor real =
        VggishPostprocessor.read(SharedData.file("models/vggish/vggish_pca_params.npz"));
    assertThatThrownBy(() -> VggishSmokeTest.check(patches -> new float[][] {old, old, old}, real))
        .isInstanceOf(PackageException.class)
        .hasMessageContaining("the embedding has mean 0.130, not 0.000657");
  }

  private void assertRefused(String message, double mean, double deviation) {
    assertThatThrownBy(() -> check(mean, deviation))
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith("VGGish's check failed: the ")
        .hasMessageEndingWith(message);
  }

  /** Half of the values one deviation above the mean, half below. */
  private void check(double mean, double deviation) throws PackageException {
    VggishSmokeTest.check(
        patches -> {
          float[][] embeddings = new float[patches.length][128];
          for (float[] embedding : embeddings) {
            for (int i = 0; i < embedding.length; i++) {
              embedding[i] = (float) (mean + (i % 2 == 0 ? deviation : -deviation));
            }
          }
          return embeddings;
        },
        postprocessor);
  }

  private VggishPostprocessor postprocessor(double factor) throws Exception {
    Path file = directory.resolve("pca.npz");
    double[] diagonal = new double[128 * 128];
    Arrays.setAll(diagonal, i -> i % 129 == 0 ? factor : 0);
    try (NpzWriter npz = new NpzWriter(file)) {
      npz.add(
              "pca_eigen_vectors",
              1,
              NpzWriter.header("<f8", false, "(128, 128)"),
              NpzWriter.float64(diagonal))
          .add("pca_means", 1, NpzWriter.header("<f4", false, "(128, 1)"), new byte[512]);
    }
    return VggishPostprocessor.read(file);
  }
}
