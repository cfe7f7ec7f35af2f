package io.earshot.detector.event;

import io.earshot.detector.event.OnsetRefiner.Boundary;
import io.earshot.models.feature.Envelope;
import io.earshot.models.feature.Segment;
import java.util.HashMap;
import java.util.Map;

/**
 * Where events begin with a segment, and end before it. Many labels do so by one sound: what was
 * found is kept. Belongs to one thread.
 *
 * @see OnsetRefiner
 */
final class Boundaries {
  /** A step can be added to it. */
  private static final long LONG_AGO = Long.MIN_VALUE / 2;

  private final OnsetRefiner refiner;
  private final Segment segment;
  private final Segment before;
  private final Map<Long, Boundary> onsets = new HashMap<>();
  private final Map<Long, Boundary> offsets = new HashMap<>();

  /**
   * @param before the segment directly before it; null if there is none
   */
  Boundaries(OnsetRefiner refiner, Segment segment, Segment before) {
    this.refiner = refiner;
    this.segment = segment;
    this.before = before;
  }

  /** Of an event whose first segment this is, which does not begin earlier than that. */
  Boundary onset(long earliest) {
    long lookedAt = before == null ? segment.startMicros() : before.startMicros();
    long matters = earliest <= lookedAt ? LONG_AGO : earliest;
    return onsets.computeIfAbsent(matters, at -> refiner.onset(segment, before, at));
  }

  /** Of an event that began there, and whose last segment is the one before. */
  Boundary offset(long onset) {
    long matters = onset <= before.startMicros() - Envelope.STEP_MICROS ? LONG_AGO : onset;
    return offsets.computeIfAbsent(matters, at -> refiner.offset(before, segment, at));
  }
}
