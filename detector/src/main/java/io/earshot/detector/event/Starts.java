package io.earshot.detector.event;

import io.earshot.detector.event.EventRules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Where an event may begin for which N of M segments in a row must reach the onset threshold: with
 * the first of them.
 *
 * <p>A segment that follows directly on another one that reached it cannot be the first: the other
 * one has N sooner, and the two miss M - N at once. So a label that is loud for long has one start,
 * and none has more than M - N + 1.
 *
 * <p>Pure, immutable; kept as JSON in the state store.
 *
 * @param all oldest first, which of them is also the one that has most hits
 * @param sinceHit scored segments from the last one that reached the threshold, it included; 0 if
 *     they are more than M, or none did
 */
record Starts(List<Start> all, int sinceHit) {
  static final Starts NONE = new Starts(List.of(), 0);

  /**
   * One of them.
   *
   * @param track from there on
   * @param hits how many of its segments reached the threshold
   */
  record Start(Track track, int hits) {
    private int missed() {
      return track.tally().scored() - hits;
    }
  }

  /** Whether no segment of the last M has reached the threshold. */
  boolean areOver() {
    return sinceHit == 0;
  }

  /**
   * With a segment.
   *
   * @param hit whether it reached the threshold
   * @param longer gives a track with the segment
   * @param begun gives one that begins with it
   */
  Starts next(Rule rule, boolean hit, UnaryOperator<Track> longer, Supplier<Track> begun) {
    List<Start> next = new ArrayList<>();
    for (Start start : all) {
      Start with = new Start(longer.apply(start.track), start.hits + (hit ? 1 : 0));
      if (with.missed() <= rule.of() - rule.hits()) {
        next.add(with);
      }
    }
    if (hit && (sinceHit != 1 || next.isEmpty())) {
      next.add(new Start(begun.get(), 1));
    }
    return new Starts(List.copyOf(next), hit ? 1 : later(rule));
  }

  private int later(Rule rule) {
    return areOver() || sinceHit >= rule.of() ? 0 : sinceHit + 1;
  }

  /** With a segment that was not scored. */
  Starts passOver(UnaryOperator<Track> longer) {
    List<Start> next =
        all.stream().map(start -> new Start(longer.apply(start.track), start.hits)).toList();
    return new Starts(next, sinceHit);
  }

  /** The one that has had N; null if none has. */
  Track established(Rule rule) {
    return !all.isEmpty() && all.get(0).hits >= rule.hits() ? all.get(0).track : null;
  }
}
