package io.earshot.models.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OscillatorTest {
  @Test
  void aSquareWaveHasOddOvertonesAsStrongAsTheyAreLow() {
    Spectrum spectrum = spectrum(520);
    double tone = spectrum.power(500, 540);
    assertThat(spectrum.power(1_540, 1_580) / tone).isCloseTo(1 / 9.0, within(0.005));
    assertThat(spectrum.power(2_580, 2_620) / tone).isCloseTo(1 / 25.0, within(0.002));
    assertThat(spectrum.power(1_020, 1_060) / tone).isLessThan(1e-4);
  }

  /** The third overtone of 3.1 kHz would come back at 6.7 kHz, the fifth at 500 Hz. */
  @Test
  void nothingFoldsBack() {
    Spectrum spectrum = spectrum(3_100);
    double tone = spectrum.power(3_050, 3_150);
    assertThat(spectrum.power(20, 3_000) / tone).isLessThan(1e-6);
    assertThat(spectrum.power(3_200, 8_000) / tone).isLessThan(1e-6);
  }

  private static Spectrum spectrum(double hertz) {
    Oscillator square = new Oscillator(Oscillator.square());
    float[] samples = new float[32_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) square.next(hertz);
    }
    return Spectrum.of(samples, 4_096);
  }
}
