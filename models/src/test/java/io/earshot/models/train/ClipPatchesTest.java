package io.earshot.models.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.models.feature.LogMel;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClipPatchesTest {
  private final LogMel logMel = new LogMel(0.001);

  @Test
  void aPatchPerHopAndAnEndOfHalfAHopIsFilledUp() {
    assertThat(ClipPatches.of(new float[80_000], logMel)).hasSize(5);
    assertThat(ClipPatches.of(new float[76_800 + 7_680], logMel)).hasSize(6);
    assertThat(ClipPatches.of(new float[76_800 + 7_679], logMel)).hasSize(5);
    assertThat(ClipPatches.of(new float[100], logMel)).hasSize(1);
  }

  @Test
  void theSecondPatchBeginsAHopLater() {
    float[] samples = new float[40_000];
    samples[15_360 + 200] = 1;
    List<float[]> patches = ClipPatches.of(samples, logMel);
    float silence = (float) Math.log(0.001);
    // The click lies in the first window of the second patch, and in the last of the first.
    assertThat(patches.get(1)[10]).isGreaterThan(silence + 1);
    assertThat(patches.get(1)[5 * LogMel.BANDS + 10]).isEqualTo(silence);
    assertThat(patches.get(0)[50 * LogMel.BANDS + 10]).isEqualTo(silence);
  }
}
