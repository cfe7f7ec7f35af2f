package io.earshot.detector.event;

import io.earshot.detector.event.OnsetRefiner.Boundary;
import io.earshot.models.feature.Envelope;
import io.earshot.models.feature.Segment;

/**
 * Where a label's events begin and end: where the level tells it, else where their segments do.
 *
 * <p>Pure, immutable.
 *
 * @param lag by how many segments the label's scores lag behind, since they are smoothed
 */
record Edges(OnsetRefiner refiner, int lag) {
  long hopMicros() {
    return refiner.hopMillis() * 1_000L;
  }

  /**
   * Of an event whose first segment this is.
   *
   * @param lastOffset where the label's last event ended; null if that is long ago
   */
  Boundary onset(Step step, Long lastOffset) {
    // What ends later than this segment ended by a clock that has been set back since.
    boolean counts = lastOffset != null && lastOffset <= step.endMicros() - Envelope.STEP_MICROS;
    long earliest = counts ? lastOffset : Long.MIN_VALUE;
    return lagging(step.boundaries().onset(earliest));
  }

  /** Of what may be no event: where its first segment starts. */
  Boundary plainOnset(Step step) {
    return new Boundary(step.segment().startMicros(), Segment.MILLIS, false);
  }

  /** If it does not go on; this segment is not of it. Of what is no event nobody asks. */
  Boundary offset(Track track, Step step) {
    if (track.pause() != null) {
      return track.pause().offset();
    }
    if (track.phase() != Track.Phase.OPEN) {
      return null;
    }
    return step.before() == null
        ? unknown(track)
        : lagging(step.boundaries().offset(track.begin().onset().micros()));
  }

  /**
   * If nothing follows.
   *
   * @param last segment of the run; null if nobody knows
   */
  Boundary offset(Track track, Segment last) {
    if (track.pause() != null) {
      return track.pause().offset();
    }
    return last == null
        ? unknown(track)
        : lagging(refiner.offset(last, null, track.begin().onset().micros()));
  }

  private static Boundary unknown(Track track) {
    long earliest = track.begin().onset().micros() + Envelope.STEP_MICROS;
    return new Boundary(Math.max(track.endMicros(), earliest), Segment.MILLIS, false);
  }

  /** Where an event is cut in two, which a rule says, and no sound. */
  static Boundary cut(long micros) {
    return new Boundary(micros, 0, true);
  }

  /** Whether an event may be cut where this segment starts: something is left before it. */
  static boolean mayCut(Track track, Step step) {
    return step.segment().startMicros() - track.begin().onset().micros() >= Envelope.STEP_MICROS;
  }

  private Boundary lagging(Boundary boundary) {
    int millis = boundary.uncertaintyMillis() + lag * refiner.hopMillis();
    return lag == 0 ? boundary : new Boundary(boundary.micros(), millis, boundary.clear());
  }
}
