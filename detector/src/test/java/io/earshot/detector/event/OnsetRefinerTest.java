package io.earshot.detector.event;

import static io.earshot.detector.event.Envelopes.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.earshot.detector.event.OnsetRefiner.Boundary;
import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.Segment;
import io.earshot.models.feature.SegmentedClip;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnsetRefinerTest {
  private static final long LONG_AGO = 0;
  private static final double NOISE = 0.01;
  private final OnsetRefiner refiner = new OnsetRefiner(960, OnsetRefiner.RISE_DB);

  /** Bursts in noise, 20 and 10 dB above it, that begin anywhere in a segment. */
  @ParameterizedTest
  @CsvSource({"960, 20", "960, 10", "480, 20", "480, 10", "240, 20", "240, 10"})
  void aBurstsOnsetAndOffsetAreWithinAStep(int hop, double snr) {
    OnsetRefiner refined = new OnsetRefiner(hop, OnsetRefiner.RISE_DB);
    Random random = new Random(hop);
    for (int round = 0; round < 50; round++) {
      int on = 20_000 + random.nextInt(16_000);
      int off = on + 8_000 + random.nextInt(30_000);
      List<Segment> segments = burst(random, snr, on, off, hop);
      // A network that hears what sounds for 300 ms of the 960.
      int first = 0;
      while (heard(first, hop, on, off) < 4_800) {
        first++;
      }
      int last = first;
      while (heard(last + 1, hop, on, off) >= 4_800) {
        last++;
      }
      Boundary onset = refined.onset(segments.get(first), segments.get(first - 1), LONG_AGO);
      Boundary offset = refined.offset(segments.get(last), segments.get(last + 1), onset.micros());
      assertThat(onset.clear() && offset.clear()).as("round %d", round).isTrue();
      assertThat(onset.micros()).isCloseTo(on * 125L / 2, within(40_000L));
      assertThat(offset.micros()).isCloseTo(off * 125L / 2, within(40_000L));
      assertThat(onset.uncertaintyMillis()).isEqualTo(40);
    }
  }

  private static long heard(int index, int hop, int on, int off) {
    long start = index * hop * 16L;
    return Math.max(0, Math.min(start + 15_360, off) - Math.max(start, on));
  }

  private static List<Segment> burst(Random random, double snr, int on, int off, int hop) {
    float[] sound = new float[off + 32_000];
    double amplitude = Math.sqrt(2) * NOISE * Math.pow(10, snr / 20);
    for (int i = 0; i < sound.length; i++) {
      double tone = i >= on && i < off ? amplitude * Math.sin(2 * Math.PI * 1_000 * i / 16_000) : 0;
      sound[i] = (float) (NOISE * random.nextGaussian() + tone);
    }
    return SegmentedClip.of(sound, new LogMel(0.001), hop).segments();
  }

  @ParameterizedTest
  @ValueSource(ints = {960, 480, 240})
  void evenNoiseHasNoClearOnset(int hop) {
    OnsetRefiner refined = new OnsetRefiner(hop, OnsetRefiner.RISE_DB);
    List<Segment> segments = burst(new Random(1), 10, 100_000, 100_000, hop);
    for (int n = 1; n < segments.size(); n++) {
      Segment segment = segments.get(n);
      // The end of the clip is filled up.
      if (segment.coverage() == 1) {
        assertThat(refined.onset(segment, segments.get(n - 1), LONG_AGO))
            .isEqualTo(new Boundary(segment.startMicros(), 960, false));
        assertThat(refined.offset(segments.get(n - 1), segment, LONG_AGO).clear()).isFalse();
      }
    }
  }

  /** 6 dB are a rise, 5.5 are none. */
  @ParameterizedTest
  @CsvSource({"-44, true", "-44.5, false"})
  void aRiseIsClearFrom6DbOn(double level, boolean clear) {
    Boundary onset = refiner.onset(Envelopes.segment(-50, 10, level, 14), null, LONG_AGO);
    assertThat(onset.clear()).isEqualTo(clear);
    assertThat(onset.micros()).isEqualTo(clear ? T + 400_000 : T);
    assertThat(onset.uncertaintyMillis()).isEqualTo(clear ? 40 : 960);
  }

  /** Half a step of -20 dBFS is -23: the sound began in its middle. */
  @Test
  void aStepThatIsLoudForHalfItsTimeBeginsInItsMiddle() {
    Boundary onset = refiner.onset(Envelopes.segment(-60, 10, -23, 1, -20, 13), null, LONG_AGO);
    assertThat(onset.micros()).isCloseTo(T + 420_000, within(500L));
    Boundary offset = refiner.offset(Envelopes.segment(-20, 10, -23, 1, -60, 13), null, LONG_AGO);
    assertThat(offset.micros()).isCloseTo(T + 420_000, within(500L));
  }

  /** Levels that go up and down by 6 dB stray by 8.9 dB as the criterion counts. */
  @Test
  void aBackgroundThatStraysHidesARiseThatSteadyNoiseWouldNot() {
    double[] unsteady = new double[24];
    for (int i = 0; i < 24; i += 2) {
      unsteady[i] = i % 4 == 0 ? -50 : -56;
      unsteady[i + 1] = 1;
    }
    double[] both = new double[48];
    System.arraycopy(unsteady, 0, both, 0, 24);
    for (int i = 24; i < 48; i += 2) {
      both[i] = -43;
      both[i + 1] = 1;
    }
    assertThat(refiner.onset(Envelopes.segment(both), null, LONG_AGO).clear()).isFalse();
    for (int i = 24; i < 48; i += 2) {
      both[i] = -35;
    }
    assertThat(refiner.onset(Envelopes.segment(both), null, LONG_AGO).micros())
        .isEqualTo(T + 480_000);
  }

  /** Footsteps 20 dB lower than the barks are not the dog; its second bark is not its first. */
  @Test
  void ofSeveralRisesTheFirstOfTheHighestCounts() {
    Segment barks = Envelopes.segment(-60, 4, -40, 1, -60, 5, -18, 3, -60, 5, -15, 3, -60, 3);
    assertThat(refiner.onset(barks, null, LONG_AGO).micros()).isEqualTo(T + 400_000);
    assertThat(refiner.offset(barks, null, LONG_AGO).micros()).isEqualTo(T + 21 * 40_000);
  }

  /** The last 120 ms of the segment before: too little to raise its score. */
  @ParameterizedTest
  @ValueSource(ints = {960, 480, 240})
  void anOnsetMayLieInTheSegmentBefore(int hop) {
    OnsetRefiner refined = new OnsetRefiner(hop, OnsetRefiner.RISE_DB);
    int steps = hop / 40;
    // Over all: quiet up to 120 ms before the second segment's new sound, then loud.
    Segment before = Envelopes.segment(7, hop, Envelopes.of(-60, 21, -20, 3));
    Segment first =
        Envelopes.segment(
            8, hop, Envelopes.of(-60, Math.max(0, 21 - steps), -20, 24 - Math.max(0, 21 - steps)));
    Boundary onset = refined.onset(first, before, LONG_AGO);
    assertThat(onset.micros()).isEqualTo(before.startMicros() + 21 * 40_000);
    assertThat(onset.clear()).isTrue();
  }

  /** It heard 760 ms of it and was not raised: that is another sound. */
  @Test
  void aRiseThatTheSegmentBeforeHasHeardIsAnothers() {
    Segment before = Envelopes.segment(7, 960, Envelopes.of(-60, 5, -20, 19));
    Segment first = Envelopes.segment(8, 960, Envelopes.of(-20, 24));
    assertThat(refiner.onset(first, before, LONG_AGO))
        .isEqualTo(new Boundary(first.startMicros(), 960, false));
    Segment later = Envelopes.segment(7, 960, Envelopes.of(-60, 6, -20, 18));
    assertThat(refiner.onset(first, later, LONG_AGO).micros())
        .isEqualTo(later.startMicros() + 240_000);
  }

  @Test
  void aSegmentThatDoesNotPrecedeDirectlyIsNotAsked() {
    Segment first = Envelopes.segment(8, 960, Envelopes.of(-20, 24));
    Segment other = new Segment("t", 7, T, 1, -40, Envelopes.of(-60, 20, -20, 4));
    Segment older = Envelopes.segment(6, 960, Envelopes.of(-60, 20, -20, 4));
    Segment unknown = new Segment("s", 7, T, 1, -40);
    for (Segment before : new Segment[] {null, other, older, unknown}) {
      assertThat(refiner.onset(first, before, LONG_AGO).clear()).isFalse();
    }
  }

  @Test
  void withoutAnEnvelopeItIsTheSegments() {
    Segment segment = new Segment("s", 7, T, 1, -40);
    assertThat(refiner.onset(segment, null, LONG_AGO)).isEqualTo(new Boundary(T, 960, false));
    assertThat(refiner.offset(segment, null, LONG_AGO))
        .isEqualTo(new Boundary(T + 960_000, 960, false));
  }

  @Test
  void anOnsetNeverLiesBeforeTheEndOfTheEventBefore() {
    Segment twice = Envelopes.segment(-60, 4, -20, 6, -60, 6, -20, 8);
    assertThat(refiner.onset(twice, null, LONG_AGO).micros()).isEqualTo(T + 160_000);
    assertThat(refiner.onset(twice, null, T + 400_000).micros()).isEqualTo(T + 640_000);
    assertThat(refiner.onset(twice, null, T + 900_000))
        .isEqualTo(new Boundary(T + 900_000, 960, false));
    assertThat(refiner.onset(twice, null, T + 3_600_000_000L).micros())
        .isEqualTo(T + 3_600_000_000L);
  }

  @Test
  void anOffsetIsAlwaysAfterTheOnset() {
    Segment twice = Envelopes.segment(-20, 4, -60, 6, -20, 6, -60, 8);
    assertThat(refiner.offset(twice, null, T).micros()).isEqualTo(T + 640_000);
    assertThat(refiner.offset(twice, null, T + 600_000).micros()).isEqualTo(T + 640_000);
    assertThat(refiner.offset(twice, null, T + 640_000))
        .isEqualTo(new Boundary(T + 960_000, 960, false));
    assertThat(refiner.offset(twice, null, T + 950_000).micros()).isEqualTo(T + 990_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {960, 480, 240})
  void anOffsetMayLieInTheSegmentAfter(int hop) {
    OnsetRefiner refined = new OnsetRefiner(hop, OnsetRefiner.RISE_DB);
    Segment last = Envelopes.segment(7, hop, Envelopes.of(-20, 24));
    // 720 ms are the most that it may have heard unmoved.
    int loud = Math.min(18, 24 - hop / 40 + 2);
    Segment after = Envelopes.segment(8, hop, Envelopes.of(-20, loud, -60, 24 - loud));
    Boundary offset = refined.offset(last, after, T);
    assertThat(offset.clear()).isTrue();
    assertThat(offset.micros()).isEqualTo(after.startMicros() + loud * 40_000);
  }

  /** 200 ms are missing; the noise that comes back after them is no sound that begins. */
  @Test
  void theEndOfAGapIsNoOnset() {
    for (int before : new int[] {1, 2, 4, 12}) {
      Segment gap =
          new Segment("s", 0, T, 0.79, -40, Envelopes.of(-50, before, -127, 5, -50, 19 - before));
      assertThat(refiner.onset(gap, null, LONG_AGO).clear()).as("after %d", before).isFalse();
      assertThat(refiner.offset(gap, null, LONG_AGO).clear()).as("after %d", before).isFalse();
    }
  }

  /** A noise gate that opens is heard from its first sample on. */
  @Test
  void soundOutOfDigitalSilenceBeginsThere() {
    Boundary onset = refiner.onset(Envelopes.segment(-127, 7, -40, 17), null, LONG_AGO);
    assertThat(onset).isEqualTo(new Boundary(T + 280_000, 40, true));
  }

  /**
   * The last segment of a run is filled up: the event ends with the sound, 400 ms from its start.
   */
  @Test
  void anEventAtTheEndOfAStreamEndsWithIt() {
    Segment last = new Segment("s", 0, T, 0.41, -30, Envelopes.of(-30, 10, -127, 14));
    assertThat(refiner.offset(last, null, T)).isEqualTo(new Boundary(T + 400_000, 960, false));
  }

  @Test
  void aHopThatThereIsNotIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new OnsetRefiner(500, 6));
    assertThatIllegalArgumentException().isThrownBy(() -> new OnsetRefiner(960, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new OnsetRefiner(960, Double.NaN));
  }
}
