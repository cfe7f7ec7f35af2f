package io.earshot.detector.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.Segment;
import io.earshot.models.feature.Segmenter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmenterTest {
  private static final int HOP_960 = 15_360;
  private static final int HOP_480 = 7_680;
  private static final int HOP_240 = 3_840;
  private static final long T0 = 1_700_000_000_000_000L;

  private final Cut.Sink sink = new Cut.Sink();

  static List<Golden> golden() throws Exception {
    return Golden.all();
  }

  @ParameterizedTest
  @MethodSource("golden")
  void patchesAreTheRowsOfTheOfficialFrontEnd(Golden golden) throws Exception {
    assertRows(golden, HOP_960, golden.at960());
    assertRows(golden, HOP_480, golden.at480());
  }

  private static void assertRows(Golden golden, int hop, int patches) throws Exception {
    Cut.Sink sink = new Cut.Sink();
    Segmenter segmenter = new Segmenter(new LogMel(golden.offset()), hop, "run");
    segmenter.add(0, T0, golden.sound(), golden.samples(), sink);
    assertThat(sink.cuts).hasSize(patches);
    for (int n = 0; n < patches; n++) {
      golden.assertPatch(n * hop / LogMel.HOP_SAMPLES, sink.cuts.get(n).floats());
      Segment segment = sink.cuts.get(n).segment();
      assertThat(segment.session()).isEqualTo("run");
      assertThat(segment.index()).isEqualTo(n);
      assertThat(segment.startMicros()).isEqualTo(T0 + n * (hop * 1_000_000L / 16_000));
      assertThat(segment.coverage()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {HOP_960, HOP_480, HOP_240})
  void howTheSoundIsCutIntoFramesChangesNothing(int hop) {
    Random random = new Random(hop);
    for (int round = 0; round < 40; round++) {
      float[] sound = noise(random, 1 + random.nextInt(60_000));
      List<Cut> whole = cut(hop, List.of(new Piece(0, sound)));
      List<Cut> pieces = cut(hop, split(sound, random));
      assertThat(pieces).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {HOP_960, HOP_480, HOP_240})
  void aSegmenterMadeAnewGoesOnBitForBitFromTheFramesThatAreStillNeeded(int hop) {
    Random random = new Random(hop + 1);
    int resumed = 0;
    for (int round = 0; round < 40; round++) {
      List<Piece> pieces = withGaps(split(noise(random, 70_000), random), random);
      List<Cut> whole = cut(hop, pieces);
      int stop = random.nextInt(pieces.size());
      Cut.Sink both = new Cut.Sink();
      Segmenter first = segmenter(hop);
      pieces.subList(0, stop).forEach(piece -> piece.to(first, both));
      Segmenter second = new Segmenter(new LogMel(0.001), hop, "run", first.nextIndex());
      int soFar = both.cuts.size();
      pieces.subList(0, stop).stream()
          .filter(piece -> piece.end() > first.nextStart())
          .forEach(piece -> piece.to(second, both));
      assertThat(both.cuts).as("what was cut before is not cut again").hasSize(soFar);
      pieces.subList(stop, pieces.size()).forEach(piece -> piece.to(second, both));
      second.finish(both);
      assertThat(both.cuts).isEqualTo(whole);
      resumed += first.nextIndex() > 0 ? 1 : 0;
    }
    assertThat(resumed).as("rounds that really went on in the middle").isGreaterThan(20);
  }

  /** A sample is 62.5 microseconds: halves must be rounded once, not at both ends of the gap. */
  @Test
  void aStartInsideAGapIsTheSameAfterARestart() {
    Piece late = new Piece(HOP_240 + 499, new float[20_000]);
    Piece early = new Piece(0, new float[HOP_240 - 101]);
    Segmenter whole = segmenter(HOP_240);
    early.to(whole, sink);
    late.to(whole, sink);
    assertThat(sink.cuts).hasSize(3);
    // The second segment starts 499 samples, 31,187.5 microseconds, before the late frame.
    assertThat(sink.cuts.get(1).segment().startMicros())
        .isEqualTo(late.micros() + Math.floorDiv(-499L * 125, 2));
    Cut.Sink again = new Cut.Sink();
    late.to(new Segmenter(new LogMel(0.001), HOP_240, "run", 1), again);
    assertThat(again.cuts).isEqualTo(sink.cuts.subList(1, 3));
  }

  @Test
  void aGapLowersCoverageByItsShareAndMovesNothing() {
    float[] sound = noise(new Random(5), 40_000);
    float[] silenced = sound.clone();
    Arrays.fill(silenced, 14_000, 17_200, 0f);
    List<Cut> filled = cut(HOP_960, List.of(new Piece(0, silenced)));
    List<Cut> gap =
        cut(
            HOP_960,
            List.of(
                new Piece(0, Arrays.copyOf(sound, 14_000)),
                new Piece(17_200, Arrays.copyOfRange(sound, 17_200, 40_000))));
    assertThat(gap).hasSameSizeAs(filled).hasSize(3);
    for (int n = 0; n < 3; n++) {
      assertThat(gap.get(n).patch()).isEqualTo(filled.get(n).patch());
      assertThat(gap.get(n).segment().startMicros()).isEqualTo(T0 + n * 960_000L);
      assertThat(gap.get(n).segment().rmsDbfs()).isEqualTo(filled.get(n).segment().rmsDbfs());
    }
    // Of the gap's 3,200 samples 1,600 lie in [0, 15,600) and 1,840 in [15,360, 30,960).
    assertThat(gap.get(0).segment().coverage()).isEqualTo(1 - 1_600 / 15_600.0);
    assertThat(gap.get(1).segment().coverage()).isEqualTo(1 - 1_840 / 15_600.0);
    // The last is 40,000 - 30,720 samples of sound, the rest of it filled up.
    assertThat(gap.get(2).segment().coverage()).isCloseTo(9_280 / 15_600.0, within(1e-12));
  }

  @Test
  void aRunShorterThanAPatchIsFilledUpToOneAndSaysSo() {
    List<Cut> cuts = cut(HOP_960, List.of(new Piece(0, noise(new Random(1), 5_000))));
    assertThat(cuts).hasSize(1);
    assertThat(cuts.get(0).segment().coverage()).isCloseTo(5_000 / 15_600.0, within(1e-12));
    assertThat(cuts.get(0).segment().startMicros()).isEqualTo(T0);
    // Rows that heard nothing are log(0 + offset).
    assertThat(cuts.get(0).floats()[95 * 64]).isEqualTo((float) Math.log(0.001));
  }

  /** The patch so far hears 15,600 samples; half a hop more is worth another. */
  @ParameterizedTest
  @CsvSource({
    "15360, 15600, 1",
    "15360, 23279, 1",
    "15360, 23280, 2",
    "15360, 30959, 2",
    "7680, 19439, 1",
    "7680, 19440, 2",
    "3840, 17519, 1",
    "3840, 17520, 2",
    "15360, 1, 1",
    "15360, 0, 0"
  })
  void theTailIsHeardIfItIsHalfAHop(int hop, int samples, int patches) {
    List<Cut> cuts = cut(hop, List.of(new Piece(0, new float[samples])));
    assertThat(cuts).hasSize(patches);
  }

  @ParameterizedTest
  @ValueSource(ints = {HOP_960, HOP_480, HOP_240})
  void levelsAreThoseOfSquareAndSine(int hop) {
    assertThat(level(hop, i -> i / 8 % 2 == 0 ? 1 : -1)).isCloseTo(0, within(1e-9));
    // 10 log10(1/2); a whole number of periods.
    assertThat(level(hop, i -> Math.sin(2 * Math.PI * 1000 * i / 16_000)))
        .isCloseTo(-3.0103, within(1e-4));
    assertThat(level(hop, i -> 0.1 * (i % 2 == 0 ? 1 : -1))).isCloseTo(-20, within(1e-5));
    assertThat(level(hop, i -> 0)).isEqualTo(-120);
  }

  private static double level(int hop, IntToDoubleFunction wave) {
    float[] sound = new float[40_000];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = (float) wave.applyAsDouble(i);
    }
    Cut.Sink sink = new Cut.Sink();
    segmenter(hop).add(0, T0, sound, sound.length, sink);
    List<Double> levels = sink.cuts.stream().map(cut -> cut.segment().rmsDbfs()).toList();
    assertThat(levels).hasSizeGreaterThan(1);
    levels.forEach(level -> assertThat(level).isCloseTo(levels.get(0), within(1e-9)));
    return levels.get(0);
  }

  /** A clock that gains 1 ms with every 100 ms frame. */
  @Test
  void startsFollowTheCaptureTimeOfTheFrameThatHoldsThem() {
    Segmenter segmenter = segmenter(HOP_960);
    for (int frame = 0; frame < 40; frame++) {
      segmenter.add(frame * 1_600L, T0 + frame * 101_000L, new float[1_600], 1_600, sink);
    }
    assertThat(sink.cuts).hasSize(4);
    // Segment 1 starts at sample 15,360: 960 samples, 60 ms, into frame 9; and so on.
    assertThat(sink.cuts)
        .extracting(cut -> cut.segment().startMicros())
        .containsExactly(
            T0, T0 + 909_000 + 60_000, T0 + 19 * 101_000 + 20_000, T0 + 28 * 101_000 + 80_000);
  }

  @Test
  void aHopThatCutsRowsOrSkipsSomeIsRefused() {
    for (int hop : new int[] {0, -160, 100, HOP_960 + 160}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> segmenter(hop))
          .withMessageContaining("multiple of 160");
    }
  }

  private record Piece(long position, float[] sound) {
    void to(Segmenter segmenter, Segmenter.Sink sink) {
      segmenter.add(position, micros(), sound, sound.length, sink);
    }

    long micros() {
      return T0 + Math.floorDiv(position * 125, 2);
    }

    long end() {
      return position + sound.length;
    }
  }

  private static Segmenter segmenter(int hop) {
    return new Segmenter(new LogMel(0.001), hop, "run");
  }

  private static List<Cut> cut(int hop, List<Piece> pieces) {
    Cut.Sink sink = new Cut.Sink();
    Segmenter segmenter = segmenter(hop);
    pieces.forEach(piece -> piece.to(segmenter, sink));
    segmenter.finish(sink);
    return sink.cuts;
  }

  private static float[] noise(Random random, int samples) {
    float[] sound = new float[samples];
    for (int i = 0; i < samples; i++) {
      sound[i] = random.nextFloat() * 2 - 1;
    }
    return sound;
  }

  /** Frames of any length, even samples so that each begins at a whole microsecond. */
  private static List<Piece> split(float[] sound, Random random) {
    int longest = 2 + random.nextInt(random.nextBoolean() ? 200 : 20_000);
    List<Piece> pieces = new ArrayList<>();
    for (int at = 0; at < sound.length; ) {
      int end = Math.min(sound.length, at + 2 * (1 + random.nextInt(longest / 2)));
      pieces.add(new Piece(at, Arrays.copyOfRange(sound, at, end)));
      at = end;
    }
    return pieces;
  }

  private static List<Piece> withGaps(List<Piece> pieces, Random random) {
    List<Piece> kept = new ArrayList<>(pieces);
    kept.removeIf(piece -> piece.position() > 0 && random.nextInt(8) == 0);
    return kept;
  }
}
