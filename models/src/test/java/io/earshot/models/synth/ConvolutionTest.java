package io.earshot.models.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {
  @ParameterizedTest
  @CsvSource({"5000, 1", "5000, 7", "100, 3000", "9000, 2048", "6000, 2049", "4096, 6000", "0, 5"})
  void equalsTheSumThatDefinesIt(int samples, int taps) {
    float[] signal = Noise.white(new SplittableRandom(1), samples);
    float[] kernel = Noise.white(new SplittableRandom(2), taps);
    float[] out = new Convolution(kernel).apply(signal);
    assertThat(out).hasSize(samples);
    for (int i = 0; i < samples; i++) {
      double sum = 0;
      for (int k = 0; k <= Math.min(i, taps - 1); k++) {
        sum += (double) kernel[k] * signal[i - k];
      }
      assertThat((double) out[i]).as("sample %d", i).isCloseTo(sum, within(1e-3));
    }
  }
}
