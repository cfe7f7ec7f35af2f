package io.earshot.models.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static final int STEP = 640;

  /** The mean square of a square wave of amplitude a is a squared: 20 log10(a) dBFS. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 00",
    "0.5, -6, 0c",
    "0.1, -20, 28",
    "0.001, -60, 78",
    "1e-6, -120, f0",
    "4e-7, -127, fe",
    "1e-9, -127, fe",
    "0, -127, fe",
    // beyond full scale, as floats may be
    "2, 0, 00",
    "1000000, 0, 00"
  })
  void levelsAreThoseOfSquareWaves(float amplitude, double dbfs, String digits) {
    float[] sound = new float[LogMel.PATCH_SAMPLES];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = i / 5 % 2 == 0 ? amplitude : -amplitude;
    }
    Envelope envelope = envelopes(15_360, sound, sound.length).get(0);
    for (int step = 0; step < Envelope.STEPS; step++) {
      assertThat(envelope.dbfs(step)).isEqualTo(dbfs);
    }
    assertThat(envelope).hasToString(digits.repeat(24));
  }

  /** Steps that get louder by 3 dB each, over the whole run: every segment sees its own of them. */
  @ParameterizedTest
  @ValueSource(ints = {15_360, 7_680, 3_840})
  void eachStepHasItsOwnLevelAtEveryHop(int hop) {
    int steps = 3 * Envelope.STEPS;
    float[] sound = new float[steps * STEP + 240];
    for (int i = 0; i < steps * STEP; i++) {
      sound[i] = (float) Math.pow(10, -level(i / STEP) / 20.0);
    }
    List<Envelope> envelopes = envelopes(hop, sound, 777);
    assertThat(envelopes).hasSize((steps - Envelope.STEPS) * STEP / hop + 1);
    for (int n = 0; n < envelopes.size(); n++) {
      for (int step = 0; step < Envelope.STEPS; step++) {
        assertThat(envelopes.get(n).dbfs(step)).isEqualTo(-level(n * hop / STEP + step));
      }
    }
  }

  private static int level(int step) {
    return 7 * step % 60;
  }

  @ParameterizedTest
  @ValueSource(ints = {15_360, 7_680, 3_840})
  void howTheSoundIsCutIntoFramesChangesNothing(int hop) {
    Random random = new Random(hop);
    float[] sound = new float[80_000];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = (random.nextFloat() - 0.5f) * (i % 9_000) / 9_000f;
    }
    List<Envelope> whole = envelopes(hop, sound, sound.length);
    for (int frame : new int[] {1, 160, 1_600, 1_601, 33_333}) {
      assertThat(envelopes(hop, sound, frame)).isEqualTo(whole);
    }
  }

  @Test
  void aGapIsSilence() {
    float[] loud = new float[LogMel.PATCH_SAMPLES];
    Arrays.fill(loud, 1);
    List<Envelope> found = new ArrayList<>();
    Segmenter segmenter = new Segmenter(new LogMel(0.001), 15_360, "run");
    segmenter.add(0, 0, loud, 2 * STEP, (segment, patch) -> {});
    // Three and a half steps are missing: of the last one's 640 samples half are there, -3 dB.
    segmenter.add(5 * STEP + 320, 0, loud, 10_000, (segment, patch) -> {});
    segmenter.finish((segment, patch) -> found.add(segment.envelope()));
    // 5.5 steps and 10,000 samples are 21.125 steps.
    assertThat(found)
        .singleElement()
        .hasToString("0000" + "fefefe" + "06" + "00".repeat(15) + "12" + "fefe");
  }

  @Test
  void itReadsWhatItWrites() {
    String text = "000102" + "7f80fdfe" + "a0".repeat(17);
    assertThat(Envelope.parse(text)).hasToString(text).isEqualTo(Envelope.parse(text));
    assertThat(Envelope.parse(text.toUpperCase(Locale.ROOT))).hasToString(text);
    assertThat(Envelope.parse(text).dbfs(1)).isEqualTo(-0.5);
    assertThat(Envelope.parse("fe".repeat(23) + "30").peakDbfs()).isEqualTo(-24);
    assertThat(Envelope.parse(text)).isNotEqualTo(Envelope.parse("00".repeat(24)));
  }

  @Test
  void whatIsNoEnvelopeIsRefused() {
    String rest = "0".repeat(46);
    for (String wrong : List.of("", rest, rest + "0000", "zz" + rest, "-1" + rest, " 0" + rest)) {
      assertThatIllegalArgumentException().isThrownBy(() -> Envelope.parse(wrong));
    }
  }

  @Test
  void aLevelBelowTheLowestIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Envelope.parse("ff" + "00".repeat(23)))
        .withMessage("a level below -127.0 dBFS");
  }

  private static List<Envelope> envelopes(int hop, float[] sound, int frame) {
    List<Envelope> envelopes = new ArrayList<>();
    Segmenter segmenter = new Segmenter(new LogMel(0.001), hop, "run");
    for (int at = 0; at < sound.length; at += frame) {
      int end = Math.min(sound.length, at + frame);
      float[] piece = Arrays.copyOfRange(sound, at, end);
      segmenter.add(
          at, 0, piece, piece.length, (segment, patch) -> envelopes.add(segment.envelope()));
    }
    return envelopes;
  }
}
