package io.earshot.models.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Where alarms and sirens are in pitch, and that they move as they should. */
class AlarmsTest {
  private static final int SEEDS = 100;
  private static final int FRAME = 1_024;

  @Test
  void smokeAlarmsSoundNear3100HzOrAt520() {
    int high = 0;
    int low = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      double hertz = Spectrum.of(make(MadeSounds.SMOKE_ALARM, seed, 4), 4_096).strongestHz();
      high += hertz > 2_700 && hertz < 3_600 ? 1 : 0;
      low += hertz > 480 && hertz < 560 ? 1 : 0;
      // The lower of two tones in turn.
      assertThat(hertz > 2_200 || (hertz > 480 && hertz < 560)).as("%s Hz", hertz).isTrue();
    }
    assertThat(high).isGreaterThan(SEEDS * 3 / 4);
    assertThat(low).isBetween(SEEDS / 50, SEEDS / 5);
  }

  @Test
  void smokeAlarmsPause() {
    for (int seed = 0; seed < SEEDS; seed++) {
      float[] alarm = make(MadeSounds.SMOKE_ALARM, seed, 8);
      int silent = 0;
      for (int at = 0; at + 160 <= alarm.length; at += 160) {
        silent += Level.rms(alarm, at, at + 160) < 0.05 ? 1 : 0;
      }
      assertThat(silent / 800.0).as("seed %d", seed).isBetween(0.1, 0.98);
    }
  }

  @Test
  void sirensMoveInPitch() {
    for (int seed = 0; seed < SEEDS; seed++) {
      float[] siren = make(MadeSounds.SIREN, seed, 12);
      double lowest = Double.MAX_VALUE;
      double highest = 0;
      for (int at = 0; at + FRAME <= siren.length; at += FRAME) {
        double hertz = Spectrum.of(siren, at, at + FRAME, FRAME).strongestHz();
        lowest = Math.min(lowest, hertz);
        highest = Math.max(highest, hertz);
      }
      assertThat(lowest).as("seed %d", seed).isBetween(340.0, 1_600.0);
      assertThat(highest / lowest).as("seed %d", seed).isGreaterThan(1.15);
    }
  }

  @Test
  void sirensNeverPause() {
    for (int seed = 0; seed < SEEDS; seed++) {
      float[] siren = make(MadeSounds.SIREN, seed, 4);
      for (int at = 0; at + 800 <= siren.length; at += 800) {
        assertThat(Level.rms(siren, at, at + 800)).as("seed %d", seed).isGreaterThan(0.02);
      }
    }
  }

  private static float[] make(Sound sound, long seed, int seconds) {
    return sound.make(new SplittableRandom(seed), seconds * Sound.SAMPLE_RATE);
  }
}
