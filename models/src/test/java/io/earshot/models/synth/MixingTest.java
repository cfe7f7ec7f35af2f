package io.earshot.models.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MixingTest {
  private static final float[] NOISE = Noise.white(new SplittableRandom(1), 16_000);

  @Test
  void pausesDoNotCountAsLevel() {
    float[] half = NOISE.clone();
    Arrays.fill(half, 4_000, 12_000, 0);
    assertThat(Mixing.activeRms(half)).isCloseTo(Mixing.activeRms(NOISE), within(0.02));
    assertThat(Mixing.activeRms(NOISE)).isCloseTo(1, within(0.02));
    assertThat(Mixing.activeRms(new float[500])).isZero();
  }

  @Test
  void theSoundStandsSoFarAboveTheBackground() {
    float[] background = Noise.pink(new SplittableRandom(2), 16_000);
    float[] mixed = Mixing.mix(NOISE, background, 12);
    float[] sound = new float[mixed.length];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = mixed[i] - background[i];
    }
    double ratio = Mixing.activeRms(sound) / Mixing.activeRms(background);
    assertThat(20 * Math.log10(ratio)).isCloseTo(12, within(0.05));
  }

  @Test
  void silenceOnEitherSideChangesNothing() {
    float[] silence = new float[16_000];
    assertThat(Mixing.mix(NOISE, silence, 20)).isEqualTo(NOISE);
    assertThat(Mixing.mix(silence, NOISE, 20)).isEqualTo(NOISE);
  }

  @Test
  void whatDoesNotFitIsLeftOut() {
    float[] out = new float[4];
    Mixing.add(new float[] {1, 2, 3}, out, 2, 10);
    Mixing.add(new float[] {1, 2, 3}, out, -2, 1);
    assertThat(out).containsExactly(3, 0, 10, 20);
  }

  @Test
  void anEqualiserIsOneForAllThatGoesThroughIt() {
    Equaliser equaliser = Equaliser.draw(new SplittableRandom(3));
    assertThat(equaliser.apply(NOISE)).isEqualTo(equaliser.apply(NOISE)).isNotEqualTo(NOISE);
  }
}
