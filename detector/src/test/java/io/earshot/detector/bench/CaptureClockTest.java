package io.earshot.detector.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A segment needs 975 ms; frames are 100 ms long. */
class CaptureClockTest {
  private static final CaptureClock CLOCK = new CaptureClock(5_000_000_000L, 1_000);

  @ParameterizedTest
  @CsvSource({"1000, 9", "1960, 19", "2920, 28", "1480, 14"})
  void aSegmentIsCompleteWithTheFrameThatHoldsItsLastSample(long startMillis, long frame) {
    assertThat(CLOCK.lastFrame(startMillis)).isEqualTo(frame);
  }

  @Test
  void latencyCountsFromTheEndOfThatFrame() {
    // Frame 9 is whole a second after the streams began.
    assertThat(CLOCK.latencyNanos(1_000, 6_040_000_000L)).isEqualTo(40_000_000);
  }

  @ParameterizedTest
  @CsvSource({"9, 960, 0", "10, 960, 1", "19, 960, 1", "20, 960, 2", "100, 960, 10", "15, 480, 2"})
  void segmentsAreCountedWhenTheirLastFrameIsSent(long frames, long hopMillis, long segments) {
    assertThat(CaptureClock.segments(frames, hopMillis)).isEqualTo(segments);
  }
}
