package io.earshot.detector.clip;

import io.earshot.detector.event.Event;
import io.earshot.producer.frame.Frame;
import java.time.Instant;

/**
 * A stretch of capture time.
 *
 * @param endMillis exclusive
 * @param cut whether it is shorter than it should be
 */
public record Span(long startMillis, long endMillis, boolean cut) {
  static final int SAMPLES_PER_MILLI = Frame.RATE / 1000;

  /** So much sound of the stream, one frame after the other, is read from after the clip. */
  static final long AFTER_MILLIS = 10_000;

  /** A frame of the greatest length that reaches into the span, and one before it. */
  private static final long BEFORE_MILLIS = 11_000;

  /**
   * What to cut out for an event: of one that is open all that is there, of a long one its
   * beginning.
   */
  static Span of(Event event, ClipSettings settings) {
    long start = onsetMillis(event) - settings.preRoll().toMillis();
    long longest = start + settings.maxDuration().toMillis();
    long end = wantedEnd(event, settings);
    return new Span(start, Math.min(longest, end), longest < end);
  }

  static boolean isOver(Event event) {
    return event.state() == Event.State.CLOSED;
  }

  static long onsetMillis(Event event) {
    return Instant.parse(event.onset()).toEpochMilli();
  }

  /** Of an open event: the end of what is known of it. */
  static long offsetMillis(Event event) {
    return event.offset() == null
        ? onsetMillis(event) + event.durationMs()
        : Instant.parse(event.offset()).toEpochMilli();
  }

  /** How many samples it takes. */
  int samples() {
    return Math.toIntExact((endMillis - startMillis) * SAMPLES_PER_MILLI);
  }

  boolean overlaps(Frame frame) {
    return frame.captureMillis() < endMillis && endMillis(frame) > startMillis;
  }

  /** The earliest capture time of what may matter to a clip of it. */
  long nearMillis() {
    return startMillis - BEFORE_MILLIS;
  }

  /** Whether it may matter to a clip of it. */
  boolean isNear(Frame frame) {
    return frame.captureMillis() >= nearMillis()
        && frame.captureMillis() < endMillis + AFTER_MILLIS;
  }

  private static long endMillis(Frame frame) {
    return frame.captureMillis() + -Math.floorDiv(-frame.durationMicros(), 1000L);
  }

  private static long wantedEnd(Event event, ClipSettings settings) {
    return isOver(event) ? offsetMillis(event) + settings.postRoll().toMillis() : Long.MAX_VALUE;
  }
}
