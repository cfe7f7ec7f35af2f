package io.earshot.detector.event;

import io.earshot.models.feature.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * One segment on its way past all labels, and what comes of it. Used once, by one thread.
 *
 * @param before the segment directly before it, of the same run; null if there is none
 * @param best the best labels; none if the segment was not scored
 */
record Step(
    EventRules rules,
    Segment segment,
    Segment before,
    Boundaries boundaries,
    TopScores best,
    Told told) {
  /**
   * A label's score in this segment.
   *
   * @param value what is decided by: {@code raw}, or that smoothed
   * @param loudness of {@code loud_sound}; null of all other labels
   */
  record Score(String label, float raw, float value, boolean smoothed, Loudness loudness) {}

  /** The noise floor before the segment, and the segment's loudest 40 ms. */
  record Loudness(double floorDbfs, double peakDbfs) {}

  long endMicros() {
    return segment.startMicros() + Segment.MICROS;
  }

  /** Of an event of this label that begins here; the same whenever it is asked for. */
  String id(String label) {
    return EventId.of(told.stream(), segment.session(), label, segment.index(), rules.model());
  }

  /** The best labels; before them, if the score is its, the built-in one. */
  List<Event.Score> top(Score score) {
    return score.loudness() == null ? best.get() : loudAmong(score, best.get());
  }

  /** The model's labels say what it may have been. */
  private static List<Event.Score> loudAmong(Score score, List<Event.Score> top) {
    List<Event.Score> best = new ArrayList<>();
    best.add(new Event.Score(score.label(), Told.rounded(score.value())));
    best.addAll(top.subList(0, Math.min(top.size(), TopScores.MOST - 1)));
    return best;
  }

  Event.Scored scored(Score score) {
    return new Event.Scored(
        segment.index(),
        Told.rounded(score.raw()),
        score.smoothed() ? Told.rounded(score.value()) : null);
  }
}
