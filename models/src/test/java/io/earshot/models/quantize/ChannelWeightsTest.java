package io.earshot.models.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelWeightsTest {

  /** Channels a thousand times apart: one scale for all would make the small ones zero. */
  @ParameterizedTest
  @CsvSource({"0, 4, 30", "1, 30, 4"})
  void everyWeightIsOffByHalfAStepOfItsChannelAtMost(int axis, int rows, int columns) {
    int channels = 4;
    SplittableRandom random = new SplittableRandom(1);
    float[] weights = new float[rows * columns];
    for (int i = 0; i < weights.length; i++) {
      int channel = axis == 0 ? i / columns : i % columns;
      weights[i] = (float) ((random.nextDouble() * 2 - 1) * Math.pow(10, -channel));
    }
    ChannelWeights made =
        ChannelWeights.of(
            FloatBuffer.wrap(weights), List.of(rows, columns), axis, new float[channels]);
    for (int i = 0; i < weights.length; i++) {
      float step = made.scales()[axis == 0 ? i / columns : i % columns];
      assertThat(made.values()[i] * step).isCloseTo(weights[i], within(step * 0.5001f));
    }
    assertThat(made.scales()[3]).isLessThanOrEqualTo(0.001f / 127);
  }

  @Test
  void theGreatestWeightIs127Steps() {
    ChannelWeights made =
        ChannelWeights.of(
            FloatBuffer.wrap(new float[] {-2, 1, 0, 0.5f}), List.of(2, 2), 0, new float[2]);
    assertThat(made.values()).containsExactly(-127, 64, 0, 127);
    assertThat(made.scales()).containsExactly(2f / 127, 0.5f / 127);
  }

  @Test
  void aChannelOfZerosStaysZero() {
    ChannelWeights made =
        ChannelWeights.of(FloatBuffer.wrap(new float[2]), List.of(2, 1), 0, new float[] {0, 0.25f});
    assertThat(made.values()).containsExactly(0, 0);
    assertThat(made.scales()).containsExactly(1, 0.25f);
  }
}
