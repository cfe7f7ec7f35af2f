package io.earshot.models.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BiquadTest {
  @Test
  void passesLose3DecibelsAtTheCornerAnd12AnOctave() {
    Biquad low = Biquad.lowPass(500, Biquad.FLAT_Q);
    assertThat(decibels(low, 50)).isCloseTo(0, within(0.1));
    assertThat(decibels(low, 500)).isCloseTo(-3, within(0.1));
    assertThat(decibels(low, 2_000)).isCloseTo(-24, within(1.0));
    Biquad high = Biquad.highPass(1_000, Biquad.FLAT_Q);
    assertThat(decibels(high, 1_000)).isCloseTo(-3, within(0.1));
    assertThat(decibels(high, 250)).isCloseTo(-24, within(1.0));
    assertThat(decibels(high, 7_000)).isCloseTo(0, within(0.1));
  }

  @Test
  void aBandPassLeavesItsCentre() {
    Biquad band = Biquad.bandPass(1_000, 4);
    assertThat(decibels(band, 1_000)).isCloseTo(0, within(0.1));
    assertThat(decibels(band, 500)).isLessThan(-14);
    assertThat(decibels(band, 2_000)).isLessThan(-14);
  }

  @Test
  void peakAndShelfLiftWhatTheyShould() {
    Biquad peak = Biquad.peak(1_000, 1, 6);
    assertThat(decibels(peak, 1_000)).isCloseTo(6, within(0.1));
    assertThat(decibels(peak, 60)).isCloseTo(0, within(0.2));
    Biquad shelf = Biquad.highShelf(1_000, -9);
    assertThat(decibels(shelf, 7_000)).isCloseTo(-9, within(0.1));
    assertThat(decibels(shelf, 1_000)).isCloseTo(-4.5, within(0.1));
    assertThat(decibels(shelf, 60)).isCloseTo(0, within(0.1));
  }

  /** What a sine gains, once the filter has settled. */
  private static double decibels(Biquad filter, double hertz) {
    float[] sine = new float[16_000];
    for (int i = 0; i < sine.length; i++) {
      sine[i] = (float) Math.sin(2 * Math.PI * hertz * i / Sound.SAMPLE_RATE);
    }
    double before = Level.rms(sine, 8_000, 16_000);
    return 20 * Math.log10(Level.rms(filter.apply(sine), 8_000, 16_000) / before);
  }
}
