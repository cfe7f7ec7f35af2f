package io.earshot.detector.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What is remembered of a label between two segments; of most labels nothing is. Immutable; kept as
 * JSON in the state store.
 *
 * @param track what goes on; null if nothing does
 * @param starts events that there would be if enough of the next segments reach the onset
 *     threshold, one for each of the last that did
 * @param scores for smoothing
 * @param lastOffsetMicros where the label's last event ended; null if that is long ago
 * @param fading what goes on is the end of something that was told already
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record LabelMemory(
    String label,
    Track track,
    List<Track> starts,
    List<Float> scores,
    Long lastOffsetMicros,
    boolean fading) {
  LabelMemory {
    starts = starts == null ? List.of() : List.copyOf(starts);
    scores = scores == null ? List.of() : List.copyOf(scores);
  }

  static LabelMemory of(String label, Track track) {
    return new LabelMemory(label, track, List.of(), List.of(), null, false);
  }

  LabelMemory with(Track next) {
    return with(next, List.of());
  }

  LabelMemory with(Track next, List<Track> begun) {
    return new LabelMemory(label, next, begun, scores, lastOffsetMicros, false);
  }

  /** Nothing goes on that is yet to be told. */
  LabelMemory over(boolean stillFading) {
    return new LabelMemory(label, null, List.of(), scores, lastOffsetMicros, stillFading);
  }

  LabelMemory smoothedBy(List<Float> next) {
    return next.isEmpty() && scores.isEmpty()
        ? this
        : new LabelMemory(label, track, starts, next, lastOffsetMicros, fading);
  }

  LabelMemory endedAt(Long offsetMicros) {
    return new LabelMemory(label, track, starts, scores, offsetMicros, fading);
  }

  boolean holdsNothing() {
    return track == null
        && starts.isEmpty()
        && scores.isEmpty()
        && lastOffsetMicros == null
        && !fading;
  }
}
