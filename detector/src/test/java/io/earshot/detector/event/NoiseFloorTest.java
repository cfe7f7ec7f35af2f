package io.earshot.detector.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earshot.models.feature.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Margin 15 dB, 1 dB a second up, 20 down, learnt in 3 s, never below -70 dBFS. */
class NoiseFloorTest {
  private static final LoudSoundRules RULES = LoudSoundRules.DEFAULT;
  private static final int ALL = 24;
  private static final double SEGMENT_SECONDS = 0.96;

  /** (L - F) / 30 with F = -60. */
  @ParameterizedTest
  @CsvSource({
    "-60, 0",
    "-70, 0",
    "-57, 0.1",
    "-45.5, 0.48333",
    "-45, 0.5",
    "-30, 1",
    "0, 1",
  })
  void theScoreIsLinearWithHalfAtTheMargin(double level, double score) {
    NoiseFloor floor = learnt(-60);
    assertThat(floor.dbfs()).isEqualTo(-60);
    Segment bang = Envelopes.segment(-60, 10, level, 1, -60, 13);
    assertThat(floor.score(bang, RULES)).isCloseTo(score, within(1e-5));
  }

  /** One bang of 40 ms lifts the floor by 0.04 dB, which the next 0.04 s take back. */
  @Test
  void aShortBangMovesTheFloorHardly() {
    NoiseFloor floor = learnt(-60);
    NoiseFloor after = floor.next(Envelopes.segment(-60, 10, 0, 1, -60, 13), ALL, RULES);
    assertThat(after.dbfs()).isEqualTo(-60);
    NoiseFloor during = floor.next(Envelopes.segment(-60, 23, 0, 1), ALL, RULES);
    assertThat(during.dbfs()).isCloseTo(-59.96, within(1e-9));
  }

  /** Three seconds are 3.125 segments: the fourth comes before the floor is learnt. */
  @Test
  void nothingIsLoudWhileTheFloorIsLearnt() {
    NoiseFloor floor = NoiseFloor.UNKNOWN;
    Segment bang = Envelopes.segment(-60, 12, 0, 1, -60, 11);
    for (int i = 0; i < 4; i++) {
      assertThat(floor.score(bang, RULES)).as("segment %d", i).isZero();
      floor = floor.next(Envelopes.segment(-60, 24), ALL, RULES);
    }
    assertThat(floor.score(bang, RULES)).isEqualTo(1);
  }

  /** Loud is what it knows; when that ends, the floor is down within (60 - 20) / 20 = 2 s. */
  @Test
  void aStreamThatStartsLoudHasNoAlarmAndTheFloorFallsFast() {
    NoiseFloor floor = learnt(-20);
    assertThat(floor.score(Envelopes.segment(-20, 24), RULES)).isZero();
    for (int i = 0; i < 2; i++) {
      floor = floor.next(Envelopes.segment(-60, 24), ALL, RULES);
    }
    assertThat(floor.dbfs()).isCloseTo(-20 - 20 * 2 * SEGMENT_SECONDS, within(1e-9));
    floor = floor.next(Envelopes.segment(-60, 24), ALL, RULES);
    assertThat(floor.dbfs()).isEqualTo(-60);
  }

  /** 40 dB more: an event for (40 - 15) / 1 = 25 s, which are 26.04 segments, and no longer. */
  @Test
  void aNoiseThatStaysIsNoEventAfterAWhile() {
    NoiseFloor floor = learnt(-60);
    int loud = 0;
    for (int i = 0; i < 60; i++) {
      Segment segment = Envelopes.segment(-20, 24);
      if (floor.score(segment, RULES) >= 0.5) {
        assertThat(loud).as("no event again once it was none").isEqualTo(i);
        loud++;
      }
      floor = floor.next(segment, ALL, RULES);
    }
    // Those that begin at 0, 0.96 ... 24.96 s.
    assertThat(loud).isEqualTo(27);
    assertThat(floor.dbfs()).isEqualTo(-20);
  }

  /** At a hop of 240 ms six of the 24 steps are new; a second of sound is a second all the same. */
  @ParameterizedTest
  @CsvSource({"960, 24", "480, 12", "240, 6"})
  void aSecondOfSoundIsASecondAtEveryHop(int hop, int newSteps) {
    NoiseFloor floor = learnt(-60);
    for (int i = 0; i < 9_600 / hop; i++) {
      floor = floor.next(Envelopes.segment(-20, 24), newSteps, RULES);
    }
    assertThat(floor.dbfs()).isCloseTo(-60 + 9.6, within(1e-9));
  }

  @Test
  void silenceAloneHasTheLowestFloorAndABangInItIsLoud() {
    NoiseFloor floor = learnt(-127);
    assertThat(floor.dbfs()).isEqualTo(-70);
    assertThat(floor.score(Envelopes.segment(-127, 24), RULES)).isZero();
    // -70 + 15 is the margin.
    assertThat(floor.score(Envelopes.segment(-127, 23, -55, 1), RULES)).isEqualTo(0.5);
    assertThat(floor.score(Envelopes.segment(-127, 23, -56, 1), RULES)).isLessThan(0.5);
  }

  /** Ten seconds without a sample: the floor sinks by 9.6 dB, less than the margin. */
  @Test
  void aMicrophoneThatWasMutedForTenSecondsRaisesNoAlarmWhenItIsBack() {
    NoiseFloor floor = learnt(-40);
    for (int i = 0; i < 10; i++) {
      floor = floor.next(Envelopes.segment(-127, 24), ALL, RULES);
    }
    assertThat(floor.dbfs()).isCloseTo(-49.6, within(1e-9));
    assertThat(floor.score(Envelopes.segment(-40, 24), RULES)).isLessThan(0.5);
  }

  /** A doorbell behind a noise gate, two seconds a minute: it does not become the noise. */
  @Test
  void whatComesOutOfSilenceAgainAndAgainStaysLoud() {
    NoiseFloor floor = learnt(-127);
    for (int minute = 0; minute < 60; minute++) {
      assertThat(floor.score(Envelopes.segment(-20, 24), RULES)).isEqualTo(1);
      for (int i = 0; i < 62; i++) {
        Segment segment = i < 2 ? Envelopes.segment(-20, 24) : Envelopes.segment(-127, 24);
        floor = floor.next(segment, ALL, RULES);
      }
    }
  }

  @Test
  void clippedSoundIsAsLoudAsThereIs() {
    Segment clipped = Envelopes.segment(0, 24);
    assertThat(learnt(-29).score(clipped, RULES)).isCloseTo(29 / 30.0, within(1e-9));
    assertThat(learnt(-15).score(clipped, RULES)).isEqualTo(0.5);
    // Nothing is 15 dB louder than this.
    assertThat(learnt(-14).score(clipped, RULES)).isLessThan(0.5);
    NoiseFloor floor = learnt(-60);
    for (int i = 0; i < 200; i++) {
      floor = floor.next(clipped, ALL, RULES);
    }
    assertThat(floor.dbfs()).isZero();
    assertThat(floor.score(clipped, RULES)).isZero();
  }

  /** Rise and fall are in balance where 1 in 21 steps is below. */
  @Test
  void inUnsteadyNoiseTheFloorIsALowLevel() {
    NoiseFloor floor = learnt(-50);
    // Of 24 steps two at -56: 8 % of the time 0.8 dB down, else 0.04 dB up.
    for (int i = 0; i < 100; i++) {
      floor = floor.next(Envelopes.segment(-50, 11, -56, 1, -44, 11, -56, 1), ALL, RULES);
    }
    assertThat(floor.dbfs()).isBetween(-56.0, -55.0);
  }

  @Test
  void withoutAnEnvelopeTheSegmentsLevelCounts() {
    Segment segment = new Segment("s", 1, 0, 1, -45);
    assertThat(learnt(-60).score(segment, RULES)).isEqualTo(0.5);
    assertThat(learnt(-60).next(segment, ALL, RULES).dbfs()).isCloseTo(-59.04, within(1e-9));
  }

  @Test
  void theFloorIsKeptAsJson() {
    NoiseFloor floor = learnt(-60);
    var serde = JsonSerde.of(NoiseFloor.class);
    byte[] json = serde.serializer().serialize("t", floor);
    assertThat(new String(json, UTF_8)).isEqualTo("{\"dbfs\":-60.0,\"heardMillis\":3840}");
    assertThat(serde.deserializer().deserialize("t", json)).isEqualTo(floor);
  }

  private static NoiseFloor learnt(double level) {
    NoiseFloor floor = NoiseFloor.UNKNOWN;
    for (int i = 0; i < 4; i++) {
      floor = floor.next(Envelopes.segment(level, 24), ALL, RULES);
    }
    return floor;
  }
}
