package io.earshot.models.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SpectraTest {
  private static final double FLOAT_NOISE = 1e-5;

  private final Spectra spectra = new Spectra();

  /** The transform of noise by the sum that defines it, in doubles. */
  @Test
  void isTheFourierTransformOfTheWindowedSamples() {
    float[] samples = noise(LogMel.samples(3), new Random(1));
    float[][] magnitudes = spectra.magnitudes(samples, 0, 3);
    for (int row = 0; row < 3; row++) {
      for (int bin = 1; bin < 256; bin++) {
        assertThat((double) magnitudes[bin][row])
            .as("bin %s of row %s", bin, row)
            .isCloseTo(magnitude(samples, row * 160, bin), within(FLOAT_NOISE));
      }
    }
  }

  /** A click has a flat spectrum, as high as the window is where it lies. */
  @Test
  void aClickIsAsHighAsTheWindowInEveryBin() {
    for (int at = 0; at < 400; at += 7) {
      float[] click = new float[400];
      click[at] = 1;
      float[][] magnitudes = spectra.magnitudes(click, 0, 1);
      for (int bin = 1; bin < 256; bin++) {
        assertThat((double) magnitudes[bin][0]).isCloseTo(hann(at), within(1e-6));
      }
    }
  }

  @Test
  void aRowIsTheSameBitForBitWhateverStandsBesideIt() {
    Random random = new Random(2);
    float[] samples = noise(LogMel.samples(96), random);
    float[][] together = copy(spectra.magnitudes(samples, 0, 96), 96);
    for (int rows : new int[] {1, 2, 7, 16, 24, 33, 48, 95}) {
      int first = random.nextInt(96 - rows + 1);
      float[][] alone = spectra.magnitudes(samples, first * 160, rows);
      for (int bin = 1; bin < 256; bin++) {
        for (int row = 0; row < rows; row++) {
          assertThat(alone[bin][row]).isEqualTo(together[bin][first + row]);
        }
      }
    }
  }

  private static double magnitude(float[] samples, int from, int bin) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < 400; i++) {
      double value = hann(i) * samples[from + i];
      re += value * Math.cos(2 * Math.PI * bin * i / 512);
      im -= value * Math.sin(2 * Math.PI * bin * i / 512);
    }
    return Math.hypot(re, im);
  }

  private static double hann(int i) {
    return 0.5 - 0.5 * Math.cos(2 * Math.PI * i / 400);
  }

  private static float[] noise(int count, Random random) {
    float[] samples = new float[count];
    for (int i = 0; i < count; i++) {
      samples[i] = random.nextFloat() * 2 - 1;
    }
    return samples;
  }

  private static float[][] copy(float[][] magnitudes, int rows) {
    float[][] copy = new float[magnitudes.length][rows];
    for (int bin = 0; bin < copy.length; bin++) {
      System.arraycopy(magnitudes[bin], 0, copy[bin], 0, rows);
    }
    return copy;
  }
}
