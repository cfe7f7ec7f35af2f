package io.earshot.detector.event;

import io.earshot.models.feature.Envelope;
import io.earshot.models.feature.Segment;

/**
 * The segment before, as kept in the tracker's state.
 *
 * @param envelope as a header has it; null if nobody told it
 */
record Heard(
    String session,
    long index,
    long startMicros,
    double coverage,
    double rmsDbfs,
    String envelope) {
  static Heard of(Segment segment) {
    Envelope envelope = segment.envelope();
    return new Heard(
        segment.session(),
        segment.index(),
        segment.startMicros(),
        segment.coverage(),
        segment.rmsDbfs(),
        envelope == null ? null : envelope.toString());
  }

  Segment segment() {
    Envelope parsed = envelope == null ? null : Envelope.parse(envelope);
    return new Segment(session, index, startMicros, coverage, rmsDbfs, parsed);
  }
}
