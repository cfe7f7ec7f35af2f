package io.earshot.models.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every sound. */
class MadeSoundsTest {
  private static final int SECOND = Sound.SAMPLE_RATE;

  @ParameterizedTest
  @EnumSource
  void equalSeedsGiveEqualSound(MadeSounds sound) {
    assertThat(make(sound, 7, SECOND)).isEqualTo(make(sound, 7, SECOND));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SILENCE")
  void otherSeedsGiveOtherSound(MadeSounds sound) {
    assertThat(make(sound, 7, SECOND)).isNotEqualTo(make(sound, 8, SECOND));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SILENCE", "FAINT_NOISE"})
  void everyPiecePeaksAtOneHalf(MadeSounds sound) {
    for (int seed = 0; seed < 200; seed++) {
      float[] samples = make(sound, seed, 15_600);
      assertThat(samples).hasSize(15_600);
      for (float sample : samples) {
        // Not a number is not between either.
        assertThat(sample >= -0.500001f && sample <= 0.500001f).as("seed %d", seed).isTrue();
      }
      assertThat(Level.peak(samples)).as("seed %d", seed).isBetween(0.499999f, 0.500001f);
    }
  }

  @Test
  void twoAreQuieterOnPurpose() {
    assertThat(make(MadeSounds.SILENCE, 1, SECOND)).containsOnly(0f);
    for (int seed = 0; seed < 100; seed++) {
      double peak = Level.peak(make(MadeSounds.FAINT_NOISE, seed, SECOND));
      assertThat(20 * Math.log10(peak / 0.5)).isBetween(-80.01, -49.99);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPieceMayBeAsShortAsOneLikes(MadeSounds sound) {
    for (int samples : new int[] {0, 1, 2, 100, 5_000}) {
      for (float sample : make(sound, 3, samples)) {
        assertThat(sample).isBetween(-0.500001f, 0.500001f);
      }
    }
  }

  @Test
  void noBackgroundIsAnEvent() {
    assertThat(MadeSounds.BACKGROUNDS)
        .hasSize(MadeSounds.values().length - 4)
        .doesNotContain(
            MadeSounds.SMOKE_ALARM, MadeSounds.SIREN, MadeSounds.CLOCK_TICK, MadeSounds.RAIN);
  }

  private static float[] make(Sound sound, long seed, int samples) {
    return sound.make(new SplittableRandom(seed), samples);
  }
}
