package io.earshot.detector.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.models.feature.LogMel;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoundPatternTest {
  private final SoundPattern sound = new SoundPattern();

  @Test
  void loudAndQuietSegmentsTakeTurns() {
    List<float[]> patches = sound.patches(new LogMel(0.01), 960);
    assertThat(patches).hasSize(10);
    for (int i = 0; i < patches.size(); i++) {
      // A hundred times the amplitude is 4.6 in natural logarithms; the offset takes some of it.
      assertThat(mean(patches.get(i)) > -2).as("segment " + i).isEqualTo(i % 2 == 0);
    }
  }

  @Test
  void aStreamRepeatsAfterWholeFramesAndWholeTurns() {
    assertThat(sound.frame(0)).hasSize(3_200).isEqualTo(sound.frame(96));
    assertThat(sound.frame(1)).isNotEqualTo(sound.frame(0));
    // 9.6 s are 96 frames and five turns of 1.92 s.
    assertThat(96 * 100 % 1920).isZero();
  }

  private static double mean(float[] patch) {
    double sum = 0;
    for (float value : patch) {
      sum += value;
    }
    return sum / patch.length;
  }
}
