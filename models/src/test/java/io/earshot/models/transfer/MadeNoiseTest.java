package io.earshot.models.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earshot.models.synth.Level;
import io.earshot.models.synth.MadeSounds;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MadeNoiseTest {
  @Test
  void everyKindComesEquallyOften() {
    int kinds = MadeNoise.KINDS.size();
    List<MadeSounds> drawn = MadeNoise.draw(3 * kinds, 1).stream().map(MadeNoise::kind).toList();
    for (MadeSounds kind : MadeNoise.KINDS) {
      assertThat(Collections.frequency(drawn, kind)).isEqualTo(3);
    }
  }

  @Test
  void theSameSeedGivesTheSameNoise() {
    assertThat(MadeNoise.draw(20, 1)).isEqualTo(MadeNoise.draw(20, 1));
    assertThat(MadeNoise.draw(20, 1)).isNotEqualTo(MadeNoise.draw(20, 2));
    MadeNoise noise = new MadeNoise(MadeSounds.PINK_NOISE, -10, 7);
    assertThat(noise.samples()).isEqualTo(noise.samples());
    assertThat(noise.samples())
        .isNotEqualTo(new MadeNoise(MadeSounds.PINK_NOISE, -10, 8).samples());
  }

  @Test
  void levelsSpanFortyDecibels() {
    List<Double> levels = MadeNoise.draw(700, 1).stream().map(MadeNoise::decibels).toList();
    assertThat(levels).allMatch(level -> level >= -40 && level < 0);
    assertThat(Collections.min(levels)).isLessThan(-38);
    assertThat(Collections.max(levels)).isGreaterThan(-2);
  }

  @Test
  void fiveSecondsAtTheLevelAskedFor() {
    float[] noise = new MadeNoise(MadeSounds.WHITE_NOISE, -20, 1).samples();
    assertThat(noise).hasSize(80_000);
    // A tenth of what the sound peaks at by itself.
    assertThat(Level.peak(noise)).isCloseTo(MadeSounds.PEAK / 10, within(1e-6f));
  }

  @Test
  void silenceIsSilent() {
    assertThat(Level.peak(new MadeNoise(MadeSounds.SILENCE, -5, 1).samples())).isZero();
  }

  @Test
  void itsWordsAreForPeople() {
    assertThat(new MadeNoise(MadeSounds.WHITE_NOISE, 0, 1).words()).isEqualTo("white noise");
  }
}
