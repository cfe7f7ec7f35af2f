package io.earshot.producer.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earshot.producer.testing.Tone;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionerTest {
  private static final int RATE = 16_000;
  private static final int EDGE = 4000;

  @Test
  void oneChannelIsTakenOrAllAreMixed() {
    float[] stereo = {0.5f, -0.25f, 0.25f, 0.75f};
    assertThat(run(first(), stereo, 2)).containsExactly(0.5f, 0.25f);
    assertThat(run(conditioner(1), stereo, 2)).containsExactly(-0.25f, 0.75f);
    assertThat(run(conditioner(Conditioning.ALL_CHANNELS), stereo, 2))
        .containsExactly(0.125f, 0.5f);
  }

  @ParameterizedTest
  @CsvSource({"6.0206, 2", "-20, 0.1", "0, 1"})
  void gainIsInDecibels(double decibels, double factor) {
    Conditioner conditioner = new Conditioner(new Conditioning(0, decibels, 0), RATE, 1);
    float[] out = run(conditioner, new float[] {0.25f, -0.125f}, 1);
    assertThat(out[0] / 0.25).isCloseTo(factor, within(1e-5));
    assertThat(out[1] / -0.125).isCloseTo(factor, within(1e-5));
  }

  /** Butterworth's own formula, with the frequencies as the bilinear transform bends them. */
  @ParameterizedTest
  @CsvSource({
    "80, 20",
    "80, 40",
    "80, 80",
    "80, 160",
    "300, 100",
    "300, 300",
    "300, 5000",
    "10, 5"
  })
  void theHighPassIsButterworthsOfFourthOrder(double corner, double hertz) {
    Conditioner conditioner = new Conditioner(new Conditioning(0, 0, corner), RATE, 1);
    int samples = 8 * RATE;
    float[] out = run(conditioner, Tone.sine(RATE, hertz, samples), 1);
    double ratio = Math.tan(Math.PI * corner / RATE) / Math.tan(Math.PI * hertz / RATE);
    double expected = 0.5 / Math.sqrt(1 + Math.pow(ratio, 8));
    Tone tone = Tone.fit(out, hertz, RATE, samples / 2, samples);
    assertThat(20 * Math.log10(tone.amplitude() / expected)).isCloseTo(0, within(0.01));
  }

  @Test
  void theHighPassTakesAConstantAway() {
    float[] constant = new float[2 * RATE];
    Arrays.fill(constant, 0.5f);
    float[] out = run(new Conditioner(new Conditioning(0, 0, 80), RATE, 1), constant, 1);
    assertThat(Arrays.copyOfRange(out, RATE, 2 * RATE)).containsOnly(new float[1], within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource({"0.5, -6.02, -9.03", "1, 0, -3.01", "0.001, -60, -63.01", "0, -120, -120"})
  void theLevelOfASine(float amplitude, double peak, double rms) {
    Conditioner conditioner = conditioner(0);
    float[] sine = Tone.sine(RATE, 1000, RATE);
    for (int i = 0; i < sine.length; i++) {
      sine[i] *= 2 * amplitude;
    }
    conditioner.condition(sine, sine.length, new float[conditioner.maxOutput(sine.length)]);
    assertThat(conditioner.level().peakDbfs()).isCloseTo(peak, within(0.01));
    assertThat(conditioner.level().rmsDbfs()).isCloseTo(rms, within(0.01));
  }

  @Test
  void theLevelIsThatOfTheLast100Ms() {
    Conditioner conditioner = conditioner(0);
    float[] loudThenQuiet = new float[4000];
    Arrays.fill(loudThenQuiet, 0, 1600, 1f);
    float[] out = new float[conditioner.maxOutput(4000)];
    conditioner.condition(loudThenQuiet, 1599, out);
    assertThat(conditioner.level()).isEqualTo(Level.SILENCE);
    conditioner.condition(new float[] {1}, 1, out);
    assertThat(conditioner.level()).isEqualTo(new Level(0, 0));
    conditioner.condition(new float[1600], 1600, out);
    assertThat(conditioner.level()).isEqualTo(Level.SILENCE);
  }

  @Test
  void theOffsetIsFound() {
    Conditioner conditioner = new Conditioner(Conditioning.NONE, 44_100, 1);
    float[] tone = Tone.sine(44_100, 50, 10 * 44_100);
    for (int i = 0; i < tone.length; i++) {
      tone[i] += 0.02f;
    }
    run(conditioner, tone, 1);
    assertThat(conditioner.offset()).isCloseTo(0.02, within(0.002));
    assertThat(conditioner.offset()).isGreaterThan(Conditioner.OFFSET_LIMIT);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 12, 16, 24})
  void aClippedSineIsFoundAtAnyDepthAndAWholeOneIsNot(int bits) {
    float most = 1 - (float) Math.pow(2, 1 - bits);
    float[] sine = Tone.sine(RATE, 1003, RATE);
    float[] clipped = sine.clone();
    int expected = 0;
    for (int i = 0; i < sine.length; i++) {
      sine[i] *= 2 * most;
      clipped[i] = Math.max(-1, Math.min(most, clipped[i] * 4));
      expected += Math.abs(clipped[i]) >= most ? 1 : 0;
    }
    Conditioner whole = conditioner(0);
    run(whole, sine, 1);
    assertThat(whole.clipped()).isZero();
    Conditioner broken = conditioner(0);
    run(broken, clipped, 1);
    assertThat((double) broken.clipped()).isCloseTo(expected, within(0.02 * expected));
  }

  @Test
  void clippingInOneOfTheMixedChannelsIsFoundAndInOneThatIsNotHeardIsNone() {
    float[] stereo = new float[20];
    Arrays.fill(stereo, 0.1f);
    for (int i = 1; i < 20; i += 2) {
      stereo[i] = 1;
    }
    Conditioner mixed = conditioner(Conditioning.ALL_CHANNELS);
    run(mixed, stereo.clone(), 2);
    assertThat(mixed.clipped()).isEqualTo(10);
    Conditioner left = first();
    run(left, stereo.clone(), 2);
    assertThat(left.clipped()).isZero();
  }

  @Test
  void whatIsNoNumberIsSilence() {
    float[] out = run(first(), new float[] {Float.NaN, 0, Float.NEGATIVE_INFINITY, 0}, 2);
    assertThat(out).containsExactly(0, 0);
  }

  /** 3e38 is a number, but what the gain or the resampler makes of it is none. */
  @ParameterizedTest
  @CsvSource({"16000, 6", "48000, 0"})
  void aSampleBeyondAllMeasureIsForgotten(int rate, double gain) {
    Conditioner conditioner = new Conditioner(new Conditioning(0, gain, 80), rate, 1);
    float[] huge = new float[100];
    Arrays.fill(huge, 3e38f);
    float[] out = new float[conditioner.maxOutput(rate)];
    conditioner.condition(huge, huge.length, out);
    int count = conditioner.condition(Tone.sine(rate, 1000, rate), rate, out);
    Tone tone = Tone.fit(out, 1000, RATE, count - 1_600, count);
    assertThat(tone.amplitude()).isCloseTo(0.5 * Math.pow(10, gain / 20), within(0.01));
  }

  @Test
  void afterAFinishOtherSoundMayFollow() {
    Conditioner conditioner = new Conditioner(Conditioning.NONE, 48_000, 1);
    float[] out = new float[conditioner.maxOutput(48_000)];
    for (int round = 0; round < 2; round++) {
      float[] tone = Tone.sine(48_000, 1000, 48_000);
      int n = conditioner.condition(tone, 48_000, out);
      float[] rest = new float[conditioner.maxOutput(0)];
      int tail = conditioner.finish(rest);
      assertThat(n + tail).isEqualTo(16_000);
      Tone heard = Tone.fit(out, 1000, RATE, EDGE, 12_000);
      assertThat(heard.delaySamples()).isCloseTo(0, within(0.01));
    }
  }

  @Test
  void settingsOutOfRangeAreRefusedByName() {
    assertThatThrownBy(() -> new Conditioning(-2, 0, 0)).hasMessageContaining("channel is -2");
    assertThatThrownBy(() -> new Conditioning(0, Double.NaN, 0)).hasMessageContaining("gain");
    assertThatThrownBy(() -> new Conditioning(0, 0, 5)).hasMessageContaining("10 to 4000 Hz");
    assertThatThrownBy(() -> conditioner(2)).hasMessage("channel 2 of 2, allowed: 0 to 1");
  }

  /** The first of two channels. */
  private static Conditioner first() {
    return new Conditioner(new Conditioning(0, 0, 0), RATE, 2);
  }

  private static Conditioner conditioner(int channel) {
    int channels = channel == 0 ? 1 : 2;
    return new Conditioner(new Conditioning(channel, 0, 0), RATE, channels);
  }

  private static float[] run(Conditioner conditioner, float[] interleaved, int channels) {
    int frames = interleaved.length / channels;
    float[] out = new float[conditioner.maxOutput(frames)];
    return Arrays.copyOf(out, conditioner.condition(interleaved, frames, out));
  }
}
