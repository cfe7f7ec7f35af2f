package io.earshot.detector.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What is remembered of a label between two segments; of most labels nothing is. Immutable; kept as
 * JSON in the state store.
 *
 * @param track what goes on; null if nothing does
 * @param begun events that there would be if enough of the next segments reach the onset threshold;
 *     null if there are none
 * @param scores for smoothing
 * @param lastOffsetMicros where the label's last event ended; null if that is long ago
 * @param fading what goes on is the end of something that was told already
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record LabelMemory(
    String label,
    Track track,
    Starts begun,
    List<Float> scores,
    Long lastOffsetMicros,
    boolean fading) {
  LabelMemory {
    scores = scores == null ? List.of() : List.copyOf(scores);
  }

  Starts starts() {
    return begun == null ? Starts.NONE : begun;
  }

  static LabelMemory of(String label, Track track) {
    return new LabelMemory(label, track, null, List.of(), null, false);
  }

  LabelMemory with(Track next) {
    return with(next, Starts.NONE);
  }

  LabelMemory with(Track next, Starts starts) {
    return new LabelMemory(
        label, next, starts.areOver() ? null : starts, scores, lastOffsetMicros, false);
  }

  /** Nothing goes on that is yet to be told. */
  LabelMemory over(boolean stillFading) {
    return new LabelMemory(label, null, null, scores, lastOffsetMicros, stillFading);
  }

  LabelMemory smoothedBy(List<Float> next) {
    return next.isEmpty() && scores.isEmpty()
        ? this
        : new LabelMemory(label, track, begun, next, lastOffsetMicros, fading);
  }

  LabelMemory endedAt(Long offsetMicros) {
    return new LabelMemory(label, track, begun, scores, offsetMicros, fading);
  }

  boolean holdsNothing() {
    return track == null
        && begun == null
        && scores.isEmpty()
        && lastOffsetMicros == null
        && !fading;
  }
}
