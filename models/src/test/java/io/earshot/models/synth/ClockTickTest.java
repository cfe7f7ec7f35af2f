package io.earshot.models.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClockTickTest {
  @Test
  void aClockTicksOneToFourTimesASecondAndEvenly() {
    for (int seed = 0; seed < 50; seed++) {
      float[] clock = MadeSounds.CLOCK_TICK.make(new SplittableRandom(seed), 160_000);
      // 5 ms blocks: the period is the lag at which the loudness is like itself.
      double[] loudness = new double[clock.length / 80];
      for (int i = 0; i < loudness.length; i++) {
        loudness[i] = Level.rms(clock, 80 * i, 80 * (i + 1));
      }
      double mean = Arrays.stream(loudness).average().orElseThrow();
      Arrays.setAll(loudness, i -> loudness[i] - mean);
      double interval = period(loudness) * 0.005;
      // Where the tocks are soft or late, the beat is a tick and a tock.
      assertThat(interval).as("seed %d", seed).isBetween(0.24, 2.1);
      assertThat(Level.peak(clock) / Level.rms(clock, 0, clock.length))
          .as("peak over level, seed %d", seed)
          .isGreaterThan(5);
    }
  }

  /** The shortest lag that is nearly as good as the best, which may be a multiple of it. */
  private static int period(double[] loudness) {
    double[] likeness = new double[450];
    for (int lag = 40; lag < likeness.length; lag++) {
      for (int i = 0; i + lag < loudness.length; i++) {
        likeness[lag] += loudness[i] * loudness[i + lag] / (loudness.length - lag);
      }
    }
    double best = Arrays.stream(likeness).max().orElseThrow();
    int lag = 40;
    while (likeness[lag] < 0.8 * best) {
      lag++;
    }
    return lag;
  }
}
