package io.earshot.models.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmenterRowsTest {
  private static final int SAMPLES = 64_000;

  private final LogMel logMel = new LogMel(0.001);

  /** 400 and 700 ms: 96 rows are no whole hops. */
  @ParameterizedTest
  @ValueSource(ints = {10, 240, 400, 480, 700, 960})
  void patchesAreTheRowsOfTheWholeBitForBit(int hopMillis) {
    float[] sound = noise(1);
    float[] rows = new float[((SAMPLES - 400) / 160 + 1) * LogMel.BANDS];
    logMel.rows(sound, 0, rows.length / LogMel.BANDS, rows, 0);
    List<float[]> patches = SegmentedClip.of(sound, logMel, hopMillis).patches();
    int whole = (SAMPLES - LogMel.PATCH_SAMPLES) / (16 * hopMillis) + 1;
    assertThat(patches).hasSizeGreaterThanOrEqualTo(whole);
    for (int n = 0; n < whole; n++) {
      int from = n * (hopMillis / 10) * LogMel.BANDS;
      float[] expected = Arrays.copyOfRange(rows, from, from + LogMel.PATCH_FLOATS);
      assertThat(patches.get(n)).as("patch %s", n).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {240, 480, 960})
  void streamsThatShareALogMelDoNotMeet(int hopMillis) {
    List<List<float[]>> heard = List.of(new ArrayList<>(), new ArrayList<>());
    List<float[]> sounds = List.of(noise(2), noise(3));
    List<Segmenter> segmenters =
        List.of(
            new Segmenter(logMel, 16 * hopMillis, "a"), new Segmenter(logMel, 16 * hopMillis, "b"));
    for (int at = 0; at < SAMPLES; at += 1_600) {
      for (int stream = 0; stream < 2; stream++) {
        float[] frame = Arrays.copyOfRange(sounds.get(stream), at, at + 1_600);
        List<float[]> patches = heard.get(stream);
        segmenters
            .get(stream)
            .add(at, 0, frame, 1_600, (segment, patch) -> patches.add(patch.clone()));
      }
    }
    for (int stream = 0; stream < 2; stream++) {
      List<float[]> alone =
          SegmentedClip.of(sounds.get(stream), new LogMel(0.001), hopMillis).patches();
      List<float[]> patches = heard.get(stream);
      assertThat(patches).hasSizeGreaterThan(2);
      for (int n = 0; n < patches.size(); n++) {
        assertThat(patches.get(n)).isEqualTo(alone.get(n));
      }
    }
  }

  @Test
  void rowsBeyondTheSamplesAreRefusedAndNothingIsWritten() {
    float[] out = new float[10 * LogMel.BANDS];
    assertThatThrownBy(() -> logMel.rows(new float[LogMel.samples(10) - 1], 0, 10, out, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> logMel.rows(new float[LogMel.samples(10)], 0, 10, out, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(out).containsOnly(0);
    logMel.rows(new float[LogMel.samples(10)], 0, 10, out, 0);
    assertThat(out).containsOnly((float) Math.log(0.001));
    logMel.rows(new float[0], 0, 0, out, out.length);
  }

  private static float[] noise(int seed) {
    Random random = new Random(seed);
    float[] samples = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      samples[i] = random.nextFloat() * 2 - 1;
    }
    return samples;
  }
}
