package io.earshot.models.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BeepPatternTest {
  private static final double SHARP = 1e-5;

  /** The times of ISO 8201: beeps of 0.5 s, pauses of 0.5, 0.5 and 1.5 s, whatever the phase. */
  @Test
  void theTemporalThreePatternKeepsItsTimes() {
    for (int seed = 0; seed < 20; seed++) {
      List<Double> runs = runs(BeepPattern.TEMPORAL_THREE, seed, 20);
      // The first and the last are cut.
      List<Double> whole = runs.subList(1, runs.size() - 1);
      int longPause =
          whole.indexOf(whole.stream().filter(run -> run > 1).findFirst().orElseThrow());
      for (int i = 0; i < whole.size(); i++) {
        double wanted = (i - longPause) % 6 == 0 ? 1.5 : 0.5;
        assertThat(whole.get(i)).isCloseTo(wanted, within(0.001));
      }
      assertThat(whole).hasSizeGreaterThan(20);
    }
  }

  @Test
  void stretchingChangesEveryTime() {
    List<Double> runs = runs(new BeepPattern(0.2, 0.3).stretched(1.1), 1, 3);
    for (double run : runs.subList(1, runs.size() - 1)) {
      assertThat(Math.min(Math.abs(run - 0.22), Math.abs(run - 0.33))).isLessThan(0.001);
    }
  }

  @Test
  void aPieceWithinTheLongestPauseStillHasHalfABeep() {
    for (int seed = 0; seed < 500; seed++) {
      float[] loudness =
          BeepPattern.TEMPORAL_FOUR.loudness(
              new SplittableRandom(seed), Sound.SAMPLE_RATE, SHARP, SHARP);
      assertThat(on(loudness)).as("seed %d", seed).isGreaterThanOrEqualTo(0.0499);
    }
  }

  @Test
  void piecesBeginAnywhereInTheCycle() {
    int inPause = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      float[] loudness =
          BeepPattern.TEMPORAL_THREE.loudness(
              new SplittableRandom(seed), 8 * Sound.SAMPLE_RATE, SHARP, SHARP);
      inPause += loudness[0] < 0.5 ? 1 : 0;
    }
    // 2.5 of 4 s are pause.
    assertThat(inPause / 1_000.0).isCloseTo(0.625, within(0.05));
  }

  private static double on(float[] loudness) {
    int on = 0;
    for (float each : loudness) {
      on += each > 0.5 ? 1 : 0;
    }
    return on / (double) Sound.SAMPLE_RATE;
  }

  /** How long each beep and each pause lasts, in seconds. */
  private static List<Double> runs(BeepPattern pattern, long seed, int seconds) {
    float[] loudness =
        pattern.loudness(new SplittableRandom(seed), seconds * Sound.SAMPLE_RATE, SHARP, SHARP);
    List<Double> runs = new ArrayList<>();
    int begin = 0;
    for (int i = 1; i <= loudness.length; i++) {
      if (i == loudness.length || loudness[i] > 0.5 != loudness[i - 1] > 0.5) {
        runs.add((i - begin) / (double) Sound.SAMPLE_RATE);
        begin = i;
      }
    }
    return runs;
  }
}
