package io.earshot.detector.event;

import io.earshot.detector.event.OnsetRefiner.Boundary;
import io.earshot.models.feature.Segment;

/**
 * Where a label's events begin and end: where the level tells it, else where their segments do.
 *
 * <p>Pure, immutable.
 *
 * @param lag by how many segments the label's scores lag behind, since they are smoothed
 */
record Edges(OnsetRefiner refiner, int lag) {
  private static final long STEP_MICROS = 40_000;
  private static final int SEGMENT_MILLIS = 960;

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
    boolean counts = lastOffset != null && lastOffset <= step.endMicros() - STEP_MICROS;
    long earliest = counts ? lastOffset : Long.MIN_VALUE;
    return lagging(refiner.onset(step.segment(), step.before(), earliest));
  }

  /** Of what may be no event: where its first segment starts. */
  Boundary plainOnset(Step step) {
    return new Boundary(step.segment().startMicros(), SEGMENT_MILLIS, false);
  }

  /** If it does not go on; this segment is not of it. */
  Boundary offset(Track track, Step step) {
    return track.pause() == null
        ? offset(track, step.before(), step.segment())
        : track.pause().offset();
  }

  /**
   * If nothing follows.
   *
   * @param last segment of the run; null if nobody knows
   */
  Boundary offset(Track track, Segment last) {
    return track.pause() == null ? offset(track, last, null) : track.pause().offset();
  }

  private Boundary offset(Track track, Segment last, Segment after) {
    long onset = track.begin().onset().micros();
    if (last == null) {
      long end = Math.max(track.endMicros(), onset + STEP_MICROS);
      return new Boundary(end, SEGMENT_MILLIS, false);
    }
    return lagging(refiner.offset(last, after, onset));
  }

  /** Where an event is cut in two, which a rule says, and no sound. */
  static Boundary cut(long micros) {
    return new Boundary(micros, 0, true);
  }

  /** Whether an event may be cut where this segment starts: something is left before it. */
  static boolean mayCut(Track track, Step step) {
    return step.segment().startMicros() - track.begin().onset().micros() >= STEP_MICROS;
  }

  private Boundary lagging(Boundary boundary) {
    int millis = boundary.uncertaintyMillis() + lag * refiner.hopMillis();
    return lag == 0 ? boundary : new Boundary(boundary.micros(), millis, boundary.clear());
  }
}
