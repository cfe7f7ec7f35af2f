package io.earshot.models.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earshot.models.feature.LogMel;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.onnx.Provider;
import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MfccNetworkTest {
  @TempDir Path folder;

  @Test
  void itIsTheCosineTransformOfTheRowsMean() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    float[] patch = new float[LogMel.PATCH_FLOATS];
    for (int i = 0; i < patch.length; i++) {
      patch[i] = (float) random.nextDouble(-7, 2);
    }
    float[] found = coefficients(patch);
    for (int k = 0; k < MfccNetwork.COEFFICIENTS; k++) {
      assertThat((double) found[k]).as("%d", k).isCloseTo(expected(patch, k), within(1e-3));
    }
  }

  /** DCT-II without scaling, in each row, then the mean over the rows. */
  private static double expected(float[] patch, int k) {
    double mean = 0;
    for (int row = 0; row < LogMel.ROWS; row++) {
      for (int band = 0; band < LogMel.BANDS; band++) {
        mean +=
            patch[row * LogMel.BANDS + band]
                * Math.cos(Math.PI * k * (band + 0.5) / LogMel.BANDS)
                / LogMel.ROWS;
      }
    }
    return mean;
  }

  @Test
  void aTiltOfTheSpectrumIsInTheFirstCoefficientsAndALevelInTheVeryFirst() throws Exception {
    float[] flat = coefficients(patch(band -> 2));
    assertThat((double) flat[0]).isCloseTo(2 * LogMel.BANDS, within(1e-3));
    for (int k = 1; k < flat.length; k++) {
      assertThat((double) flat[k]).isCloseTo(0, within(1e-3));
    }
    float[] cosine = coefficients(patch(band -> Math.cos(Math.PI * 3 * (band + 0.5) / 64)));
    for (int k = 0; k < cosine.length; k++) {
      assertThat((double) cosine[k]).isCloseTo(k == 3 ? 32 : 0, within(1e-3));
    }
  }

  private static float[] patch(IntToDoubleFunction band) {
    float[] patch = new float[LogMel.PATCH_FLOATS];
    for (int i = 0; i < patch.length; i++) {
      patch[i] = (float) band.applyAsDouble(i % LogMel.BANDS);
    }
    return patch;
  }

  private float[] coefficients(float[] patch) throws PackageException {
    PackageContent content =
        new PackageContent("mfcc", "1", "CC0-1.0")
            .source(Manifest.Source.inWords("made in a test"))
            .card("# mfcc\n")
            .network(
                ByteBuffer.wrap(MfccNetwork.graph().toBytes()),
                MfccNetwork.PATCHES,
                FrontEnd.vggish(0.001),
                960)
            .embedding(MfccNetwork.COEFFICIENTS);
    ModelPackage model = ModelPackage.load(PackageWriter.write(content, folder, staged -> {}));
    FloatBuffer out = Network.buffer(MfccNetwork.COEFFICIENTS);
    try (Network network = Network.open(model, new NetworkOptions(Provider.CPU, 1))) {
      network.embed(Network.buffer(patch.length).put(patch), 1, out);
    }
    float[] values = new float[MfccNetwork.COEFFICIENTS];
    out.get(0, values);
    return values;
  }
}
