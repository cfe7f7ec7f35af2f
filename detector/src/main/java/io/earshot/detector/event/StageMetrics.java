package io.earshot.detector.event;

import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.feature.Envelope;
import io.earshot.models.feature.Segment;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the event stage reports of what it has tracked. Of the streams whose noise floor the tracker
 * does not follow, it follows the floor itself, by {@link LoudSoundRules#DEFAULT}.
 *
 * <p>Belongs to the thread of its processor.
 */
final class StageMetrics {
  /** The front end needs 240 samples of what comes after a segment. */
  private static final long SEGMENT_MICROS = 975_000;

  /** Why events are over that no segment has closed. */
  private static final Set<Event.EndedBy> ENDS =
      EnumSet.of(Event.EndedBy.END, Event.EndedBy.TIMEOUT);

  private record Floor(NoiseFloor floor, String session, long index) {}

  private final PipelineMetrics metrics;
  private final EventRules rules;
  private final Map<String, Floor> floors = new HashMap<>();

  StageMetrics(PipelineMetrics metrics, EventRules rules) {
    this.metrics = metrics;
    this.rules = rules;
  }

  void deadLetter(String reason) {
    metrics.deadLetter(reason);
  }

  void repeated(String stream) {
    metrics.segmentDropped(stream);
  }

  /** A segment that had scores has changed the stream's state. */
  void scored(String stream, TrackerState state, float[] scores) {
    Segment segment = state.lastSegment();
    metrics.scores(stream, segment.startMicros() / 1000, scores);
    metrics.noiseFloor(stream, floor(stream, state, segment).dbfs());
    metrics.openEvents(stream, state.openEvents());
  }

  /** An event was published, by a record of the segment that ends what the state knows. */
  void published(Event event, TrackerState state, long nowMillis) {
    metrics.event(event.stream(), event.label(), event.state().name().toLowerCase(Locale.ROOT));
    if (event.state() == Event.State.CLOSED) {
      metrics.eventClosed(event.label(), event.confidence());
    }
    Segment segment = state.lastSegment();
    boolean ofSegment = event.endedBy() == null || !ENDS.contains(event.endedBy());
    if (segment != null && ofSegment) {
      metrics.eventLatency(nowMillis - (segment.startMicros() + SEGMENT_MICROS) / 1000);
    }
  }

  void rejected(Candidate candidate) {
    metrics.candidate(candidate.stream(), candidate.reason().code());
  }

  /** The stream is over. */
  void ended(String stream) {
    floors.remove(stream);
    metrics.openEvents(stream, 0);
  }

  /** The stream goes on, and not here. */
  void left(String stream) {
    metrics.eventsLeft(stream);
  }

  private NoiseFloor floor(String stream, TrackerState state, Segment segment) {
    if (state.floor() != null) {
      return state.floor();
    }
    Floor before = floors.get(stream);
    boolean follows =
        before != null
            && before.session.equals(segment.session())
            && before.index == segment.index() - 1;
    int newSteps = follows ? rules.hopMillis() / Envelope.STEP_MILLIS : Envelope.STEPS;
    NoiseFloor known = before == null ? NoiseFloor.UNKNOWN : before.floor;
    NoiseFloor next = known.next(segment, newSteps, LoudSoundRules.DEFAULT);
    floors.put(stream, new Floor(next, segment.session(), segment.index()));
    return next;
  }
}
