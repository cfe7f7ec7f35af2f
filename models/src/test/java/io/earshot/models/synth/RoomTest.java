package io.earshot.models.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomTest {
  /** By Schroeder's backward integral, fitted from -5 to -25 dB as ISO 3382 has it. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3, 0.7, 1.5})
  void theReverberationFadesBy60DecibelsInItsTime(double rt60) {
    for (int seed = 0; seed < 10; seed++) {
      float[] response = new Room(rt60, 60, 8).response(new SplittableRandom(seed));
      double twenty = fallsTo(response, -25) - fallsTo(response, -5);
      assertThat(3 * twenty).as("seed %d", seed).isCloseTo(rt60, within(0.15 * rt60));
    }
  }

  @Test
  void theDirectSoundIsHalfAtTheCriticalDistanceAndLoses6DecibelsADoubling() {
    double critical = 0.057 * Math.sqrt(60 / 1.5);
    assertThat(directOverRest(critical)).isCloseTo(0, within(1.0));
    assertThat(directOverRest(2 * critical)).isCloseTo(-6, within(1.0));
    assertThat(directOverRest(4 * critical)).isCloseTo(-12, within(1.0));
  }

  @Test
  void aSoundKeepsItsOnsetAndAboutItsLevel() {
    float[] dry = new float[48_000];
    float[] noise = Noise.white(new SplittableRandom(1), 40_000);
    System.arraycopy(noise, 0, dry, 8_000, noise.length);
    float[] wet = new Room(0.4, 40, 3).apply(new SplittableRandom(2), dry);
    assertThat(wet).hasSameSizeAs(dry);
    assertThat(Level.rms(wet, 0, 7_990)).isLessThan(1e-4);
    assertThat(Math.abs(wet[8_000])).isGreaterThan(0.01f * Math.abs(dry[8_000]));
    double gain = Level.rms(wet, 20_000, 48_000) / Level.rms(dry, 20_000, 48_000);
    assertThat(20 * Math.log10(gain)).isCloseTo(0, within(0.5));
  }

  @Test
  void oneSeedIsOnePlace() {
    float[] dry = Noise.white(new SplittableRandom(1), 5_000);
    Room room = Room.draw(new SplittableRandom(3));
    assertThat(room.apply(new SplittableRandom(2), dry))
        .isEqualTo(room.apply(new SplittableRandom(2), dry))
        .isNotEqualTo(room.apply(new SplittableRandom(4), dry));
  }

  @Test
  void nothingOfARoomIsZero() {
    assertThatThrownBy(() -> new Room(0, 10, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Room(1, 10, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double directOverRest(double distance) {
    float[] response = new Room(1.5, 60, distance).response(new SplittableRandom(5));
    // The direct sound is over in 1 ms, in which the rest has hardly begun.
    double direct = Level.rms(response, 0, 16) * 4;
    double rest = Level.rms(response, 16, response.length) * Math.sqrt(response.length - 16);
    return 20 * Math.log10(direct / rest);
  }

  /** Seconds after which so much of the energy is still to come. */
  private static double fallsTo(float[] response, double decibels) {
    double[] left = new double[response.length + 1];
    for (int i = response.length - 1; i >= 0; i--) {
      left[i] = left[i + 1] + Math.pow(response[i], 2);
    }
    int at = 0;
    while (10 * Math.log10(left[at] / left[0]) > decibels) {
      at++;
    }
    return at / (double) Sound.SAMPLE_RATE;
  }
}
