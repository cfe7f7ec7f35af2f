package io.earshot.detector.bench;

import io.earshot.models.feature.LogMel;

/**
 * When the sound of a segment had all been captured, for streams that send frames of 100 ms.
 *
 * @param startNanos when the streams' first sample was captured, as {@link System#nanoTime} counts
 * @param startMillis the same moment in the frames' capture times
 */
public record CaptureClock(long startNanos, long startMillis) {
  private static final long FRAME_MILLIS = SoundPattern.FRAME_SAMPLES * 1000L / LogMel.SAMPLE_RATE;
  private static final long PATCH_MILLIS = LogMel.PATCH_SAMPLES * 1000L / LogMel.SAMPLE_RATE;

  /** When frame {@code seq} is whole: no sooner can it be sent. */
  public long frameNanos(long seq) {
    return startNanos + (seq + 1) * FRAME_MILLIS * 1_000_000;
  }

  /** The frame that completes the segment that begins at {@code segmentMillis}. */
  public long lastFrame(long segmentMillis) {
    long end = segmentMillis - startMillis + PATCH_MILLIS;
    return (end + FRAME_MILLIS - 1) / FRAME_MILLIS - 1;
  }

  /** Nanoseconds from when that frame was whole to {@code nowNanos}. */
  public long latencyNanos(long segmentMillis, long nowNanos) {
    return nowNanos - frameNanos(lastFrame(segmentMillis));
  }

  /** Segments whose sound has all been sent when {@code frames} frames have. */
  public static long segments(long frames, long hopMillis) {
    long end = frames * FRAME_MILLIS - PATCH_MILLIS;
    return end < 0 ? 0 : end / hopMillis + 1;
  }
}
