package io.earshot.producer.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earshot.producer.testing.Tone;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
  private static final int EDGE = 1000;

  @ParameterizedTest
  @ValueSource(
      ints = {
        8000, 11_025, 12_000, 22_050, 32_000, 37_800, 44_100, 48_000, 96_000, 192_000, 8_001,
        44_099, 191_999
      })
  void aToneKeepsItsPitchItsLevelAndItsTime(int rate) {
    float[] out = whole(rate, Tone.sine(rate, 1000, 2 * rate));
    Tone tone = Tone.fit(out, 1000, 16_000, EDGE, out.length - EDGE);
    assertThat(tone.snrDecibels()).isGreaterThan(85);
    assertThat(tone.delaySamples()).isCloseTo(0, within(0.01));
    assertThat(tone.amplitude()).isCloseTo(0.5, within(1e-4));
    assertThat(out).hasSize(32_000);
  }

  @ParameterizedTest
  @CsvSource({
    "48000, 7500",
    "44100, 7500",
    "96000, 7500",
    "22050, 7500",
    "8000, 3750",
    "11025, 5000"
  })
  void thePassBandReachesFifteenSixteenths(int rate, double hertz) {
    float[] out = whole(rate, Tone.sine(rate, hertz, 2 * rate));
    Tone tone = Tone.fit(out, hertz, 16_000, EDGE, out.length - EDGE);
    assertThat(tone.amplitude()).isCloseTo(0.5, within(0.001));
    assertThat(tone.snrDecibels()).as("no image of it").isGreaterThan(80);
  }

  /** Every common rate: seven tones where it has sound, seven where 16 kHz has none. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        8000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400,
        192_000, 8_001, 191_999
      })
  void imagesAndAliasesAre65DecibelsDownAtEveryRate(int rate) {
    double passBand = Math.min(rate, 16_000) / 2.0 * 15 / 16;
    for (int i = 1; i <= 7; i++) {
      double hertz = Math.round(passBand * i / 7 - 3);
      float[] out = whole(rate, Tone.sine(rate, hertz, rate / 2));
      Tone tone = Tone.fit(out, hertz, 16_000, EDGE, out.length - EDGE);
      assertThat(tone.snrDecibels()).as("%s Hz without images", hertz).isGreaterThan(65);
      double above = 8000 + (rate / 2.0 - 8000) * (i - 0.5) / 7;
      if (rate > 16_000) {
        float[] alias = whole(rate, Tone.sine(rate, above, rate / 2));
        assertThat(Tone.levelDecibels(alias, EDGE, alias.length - EDGE))
            .as("alias of %s Hz", above)
            .isLessThan(-65);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "48000, 8000", "48000, 8500", "48000, 10000", "48000, 12000", "48000, 15000", "48000, 20000",
    "44100, 10000", "44100, 17000", "96000, 40000", "192000, 90000", "22050, 9000", "32000, 15000"
  })
  void whatSixteenKilohertzCannotHoldVanishes(int rate, double hertz) {
    float[] out = whole(rate, Tone.sine(rate, hertz, 2 * rate));
    assertThat(Tone.levelDecibels(out, EDGE, out.length - EDGE)).isLessThan(-80);
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000, 44_099})
  void anySplitGivesTheWholeBitForBit(int rate) {
    Random random = new Random(rate);
    float[] sound = new float[rate / 2 + 17];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = random.nextFloat() * 2 - 1;
    }
    float[] whole = whole(rate, sound);
    for (int longest : new int[] {1, 13, 1000, 20_000}) {
      float[] pieces = new float[whole.length];
      Resampler resampler = new Resampler(rate);
      float[] out = new float[resampler.maxOutput(longest)];
      int filled = 0;
      for (int at = 0; at < sound.length; ) {
        int count = Math.min(sound.length - at, random.nextInt(longest + 1));
        int n = resampler.resample(Arrays.copyOfRange(sound, at, at + count), count, out);
        System.arraycopy(out, 0, pieces, filled, n);
        filled += n;
        at += count;
      }
      int n = resampler.finish(out);
      System.arraycopy(out, 0, pieces, filled, n);
      assertThat(filled + n).isEqualTo(whole.length);
      assertThat(pieces).isEqualTo(whole);
    }
  }

  /** Who sends it should not take half a second of everybody's time. */
  @ParameterizedTest
  @ValueSource(ints = {8_001, 44_099, 44_100, 127_999, 176_400, 191_999})
  void noRateTakesMuchToDesign(int rate) {
    assertThat(PolyphaseFilter.of(rate, 16_000 / gcd(rate, 16_000)).size()).isLessThan(530_000);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** A table of 650 KB at this rate. */
  @Test
  void streamsOfOneRateShareTheirFilter() {
    assertThat(PolyphaseFilter.of(44_100, 160)).isSameAs(PolyphaseFilter.of(44_100, 160));
    assertThat(PolyphaseFilter.of(22_050, 320)).isNotSameAs(PolyphaseFilter.of(44_100, 160));
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 11_025, 22_050, 44_100, 192_000})
  void theLengthIsThatOfTheSound(int rate) {
    for (int samples : new int[] {0, 1, 2, 3, 12, 100, 441, 1000, 12_345}) {
      int expected = (int) ((samples * 16_000L + rate - 1) / rate);
      assertThat(whole(rate, new float[samples])).hasSize(expected);
    }
  }

  @Test
  void sixteenKilohertzPassesUnchanged() {
    float[] sound = {0, 0.1f, -1, 0.99999f, 1e-20f};
    assertThat(whole(16_000, sound)).isEqualTo(sound);
  }

  @Test
  void aConstantStaysWhatItIs() {
    float[] sound = new float[44_100];
    Arrays.fill(sound, 0.25f);
    float[] out = whole(44_100, sound);
    for (int n = EDGE; n < out.length - EDGE; n++) {
      assertThat(out[n]).isCloseTo(0.25f, within(1e-6f));
    }
  }

  private static float[] whole(int rate, float[] sound) {
    Resampler resampler = new Resampler(rate);
    float[] out = new float[resampler.maxOutput(sound.length)];
    int n = resampler.resample(sound, sound.length, out);
    float[] rest = new float[resampler.maxOutput(0)];
    int tail = resampler.finish(rest);
    float[] all = Arrays.copyOf(out, n + tail);
    System.arraycopy(rest, 0, all, n, tail);
    return all;
  }
}
