package io.earshot.detector.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.earshot.models.feature.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * All that the tracker remembers of a stream. Immutable; kept as JSON in the state store.
 *
 * @param seen the last segment of each of the stream's latest sessions, newest last
 * @param last the segment before; null if there was none
 * @param labels those of which something is remembered, in the order of the rules
 * @param floor of the noise; null if it is not followed
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TrackerState(
    List<Seen> seen, Heard last, List<LabelMemory> labels, NoiseFloor floor) {
  /** The last segment of a session. */
  record Seen(String session, long index) {}

  /** Of a stream that nobody has heard yet. */
  public static final TrackerState EMPTY = new TrackerState(List.of(), null, List.of(), null);

  /**
   * Sessions remembered, so that a replay of what came before a restart is known for what it is.
   */
  private static final int SESSIONS = 4;

  /**
   * Reads it from JSON.
   *
   * @param open the events that an Earshot before rules had, in a state that it has left behind
   */
  @JsonCreator
  static TrackerState read(
      @JsonProperty("seen") List<Seen> seen,
      @JsonProperty("last") Heard last,
      @JsonProperty("labels") List<LabelMemory> labels,
      @JsonProperty("floor") NoiseFloor floor,
      @JsonProperty("open") List<FormerOpenEvent> open) {
    List<LabelMemory> all = new ArrayList<>(labels == null ? List.of() : labels);
    if (open != null) {
      open.forEach(event -> all.add(event.remembered()));
    }
    return new TrackerState(seen == null ? List.of() : seen, last, List.copyOf(all), floor);
  }

  /** Whether this segment, or a later one of its session, has been tracked. */
  boolean hasSeen(String session, long index) {
    return seen.stream().anyMatch(s -> s.session().equals(session) && s.index() >= index);
  }

  /** Whether the session was tracked, and another one after it. */
  boolean hasLeft(String session) {
    return !seen.isEmpty()
        && seen.subList(0, seen.size() - 1).stream().anyMatch(s -> s.session().equals(session));
  }

  /** Whether the segment follows the last one directly. */
  boolean precedes(String session, long index) {
    return isIn(session) && seen.get(seen.size() - 1).index() == index - 1;
  }

  /** Whether the last segment was of this session. */
  boolean isIn(String session) {
    return !seen.isEmpty() && seen.get(seen.size() - 1).session().equals(session);
  }

  /** The segment before; null if nobody knows. */
  Segment lastSegment() {
    return last == null ? null : last.segment();
  }

  /** How many events are published and not closed. */
  int openEvents() {
    int open = 0;
    for (LabelMemory memory : labels) {
      open += memory.track() != null && memory.track().phase() == Track.Phase.OPEN ? 1 : 0;
    }
    return open;
  }

  /** When the last of what goes on was heard; 0 if nothing does. */
  long lastMillis() {
    long micros =
        labels.stream()
            .filter(memory -> memory.track() != null)
            .mapToLong(memory -> memory.track().endMicros())
            .max()
            .orElse(0);
    return Math.max(0, micros / 1000);
  }

  TrackerState next(Segment segment, List<LabelMemory> nextLabels, NoiseFloor nextFloor) {
    List<Seen> latest = new ArrayList<>(seen);
    latest.removeIf(s -> s.session().equals(segment.session()));
    latest.add(new Seen(segment.session(), segment.index()));
    if (latest.size() > SESSIONS) {
      latest.remove(0);
    }
    return new TrackerState(
        List.copyOf(latest), Heard.of(segment), List.copyOf(nextLabels), nextFloor);
  }

  TrackerState with(List<LabelMemory> nextLabels) {
    return new TrackerState(seen, last, List.copyOf(nextLabels), floor);
  }
}
