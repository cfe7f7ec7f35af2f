package io.earshot.models.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NoiseTest {
  @Test
  void coloursFallAsTheirNamesSay() {
    assertThat(fallPerOctave(Noise::white)).isCloseTo(0, within(0.1));
    assertThat(fallPerOctave(Noise::pink)).isCloseTo(3, within(0.3));
    assertThat(fallPerOctave(Noise::brown)).isCloseTo(6, within(0.3));
  }

  @Test
  void pinkIsStraightInEveryOctave() {
    Spectrum spectrum = spectrum(Noise::pink);
    for (double low = 62.5; low < 3_000; low *= 2) {
      double ratio = spectrum.power(low, 2 * low) / spectrum.power(2 * low, 4 * low);
      assertThat(10 * Math.log10(ratio)).as("from %s Hz", low).isCloseTo(0, within(0.8));
    }
  }

  @Test
  void rainIsDropsAndNotNoise() {
    for (int seed = 0; seed < 20; seed++) {
      assertThat(kurtosis(MadeSounds.RAIN.make(new SplittableRandom(seed), 80_000)))
          .isGreaterThan(4);
    }
    // A Gaussian's, whatever its colour.
    assertThat(kurtosis(Noise.pink(new SplittableRandom(1), 80_000))).isCloseTo(3, within(0.5));
  }

  private static double fallPerOctave(Sound noise) {
    return spectrum(noise).fallPerOctave(100, 5);
  }

  private static Spectrum spectrum(Sound noise) {
    return Spectrum.of(noise.make(new SplittableRandom(1), 60 * Sound.SAMPLE_RATE), 4_096);
  }

  private static double kurtosis(float[] samples) {
    double second = 0;
    double fourth = 0;
    for (float sample : samples) {
      second += Math.pow(sample, 2);
      fourth += Math.pow(sample, 4);
    }
    return fourth * samples.length / (second * second);
  }
}
