package io.earshot.models.importer;

import io.earshot.models.feature.LogMel;
import io.earshot.models.pack.PackageException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * VGGish's own check of an installation: three seconds of a 1 kHz sine through the front end, the
 * network and the post-processing must give the mean and the standard deviation that its authors
 * measured, each within 10 %.
 *
 * <pre>{@code
 * VggishSmokeTest.check(patches -> embeddings(patches), postprocessor);
 * }</pre>
 *
 * <p>Source: {@code vggish_smoke_test.py} (github.com/tensorflow/models, audioset/vggish; values of
 * 2023-07-25).
 */
final class VggishSmokeTest {

  private static final double LOG_OFFSET = 0.01;
  private static final int SECONDS = 3;
  private static final double HERTZ = 1000;
  private static final double TOLERANCE = 0.1;

  private VggishSmokeTest() {}

  /** The network: patches of 96 x 64 values, row by row, to as many embeddings of 128. */
  @FunctionalInterface
  interface Embedder {
    float[][] embed(float[][] patches) throws PackageException;
  }

  /**
   * Checks a network and a post-processing.
   *
   * @throws PackageException one line with the value that is off, and what it should be
   */
  static void check(Embedder embedder, VggishPostprocessor postprocessor) throws PackageException {
    float[][] embeddings = embedder.embed(patches());
    Statistics raw =
        Statistics.of(
            Arrays.stream(embeddings)
                .flatMapToDouble(row -> IntStream.range(0, row.length).mapToDouble(i -> row[i])));
    raw.require("embedding", 0.000657, 0.343);
    Statistics released =
        Statistics.of(
            Arrays.stream(embeddings)
                .flatMapToInt(row -> Arrays.stream(postprocessor.apply(row)))
                .asDoubleStream());
    released.require("post-processed embedding", 126.0, 89.3);
  }

  /** The patches of the sine, one after another. */
  static float[][] patches() {
    float[] sine = new float[SECONDS * LogMel.SAMPLE_RATE];
    for (int i = 0; i < sine.length; i++) {
      sine[i] = (float) Math.sin(2 * Math.PI * HERTZ * i / LogMel.SAMPLE_RATE);
    }
    int rows = (sine.length - LogMel.WINDOW_SAMPLES) / LogMel.HOP_SAMPLES + 1;
    float[][] patches = new float[rows / LogMel.ROWS][LogMel.PATCH_FLOATS];
    LogMel logMel = new LogMel(LOG_OFFSET);
    for (int n = 0; n < patches.length; n++) {
      logMel.rows(sine, n * LogMel.ROWS * LogMel.HOP_SAMPLES, LogMel.ROWS, patches[n], 0);
    }
    return patches;
  }

  /** Mean and standard deviation of all values (NumPy's: divided by their number). */
  private record Statistics(double mean, double deviation) {

    static Statistics of(DoubleStream stream) {
      double[] values = stream.toArray();
      double mean = Arrays.stream(values).average().orElse(Double.NaN);
      double variance =
          Arrays.stream(values).map(x -> (x - mean) * (x - mean)).average().orElse(Double.NaN);
      return new Statistics(mean, Math.sqrt(variance));
    }

    void require(String what, double expectedMean, double expectedDeviation)
        throws PackageException {
      compare(what + " has mean", mean, expectedMean);
      compare(what + " has standard deviation", deviation, expectedDeviation);
    }

    private static void compare(String what, double found, double expected)
        throws PackageException {
      // Written so that NaN fails.
      if (!(Math.abs(found - expected) <= TOLERANCE * expected)) {
        throw new PackageException(
            String.format(
                Locale.ROOT,
                "VGGish's check failed: the %s %.3g, not %.3g within 10 %%",
                what,
                found,
                expected));
      }
    }
  }
}
