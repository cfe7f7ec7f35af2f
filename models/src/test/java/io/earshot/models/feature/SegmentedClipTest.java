package io.earshot.models.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentedClipTest {
  private final LogMel logMel = new LogMel(0.001);

  @Test
  void aPatchPerHopAndAnEndOfHalfAHopThatNoneHasHeardIsFilledUp() {
    assertThat(patches(80_000)).hasSize(5);
    // Five hops, the 240 samples that the fifth patch hears beyond them, half a hop.
    assertThat(patches(76_800 + 240 + 7_680)).hasSize(6);
    assertThat(patches(76_800 + 240 + 7_679)).hasSize(5);
    assertThat(patches(100)).hasSize(1);
    assertThatIllegalArgumentException().isThrownBy(() -> patches(0));
  }

  private List<float[]> patches(int samples) {
    return SegmentedClip.of(new float[samples], logMel, 960).patches();
  }

  @Test
  void theSecondPatchBeginsAHopLater() {
    float[] samples = new float[40_000];
    samples[15_360 + 200] = 1;
    List<float[]> patches = SegmentedClip.of(samples, logMel, 960).patches();
    float silence = (float) Math.log(0.001);
    // The click lies in the first window of the second patch, and in the last of the first.
    assertThat(patches.get(1)[10]).isGreaterThan(silence + 1);
    assertThat(patches.get(1)[5 * LogMel.BANDS + 10]).isEqualTo(silence);
    assertThat(patches.get(0)[50 * LogMel.BANDS + 10]).isEqualTo(silence);
  }
}
