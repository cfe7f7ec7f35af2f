package io.earshot.detector.event;

import io.earshot.detector.event.Event.Scored;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores of an event's segments, as many as tell how it went: the first four, the last four and the
 * highest between. Immutable; kept as JSON in the state store.
 */
record ScoreTrail(List<Scored> first, Scored peak, List<Scored> last) {
  private static final int EACH = 4;

  static final ScoreTrail EMPTY = new ScoreTrail(List.of(), null, List.of());

  ScoreTrail add(Scored next) {
    Scored highest = peak == null || next.decisive() > peak.decisive() ? next : peak;
    return first.size() < EACH
        ? new ScoreTrail(with(first, next), highest, last)
        : new ScoreTrail(first, highest, with(last, next));
  }

  private static List<Scored> with(List<Scored> some, Scored next) {
    List<Scored> more = new ArrayList<>(some.size() < EACH ? some : some.subList(1, EACH));
    more.add(next);
    return List.copyOf(more);
  }

  /** In the order of segments. */
  List<Scored> toList() {
    List<Scored> all = new ArrayList<>(first);
    if (peak != null && !first.contains(peak) && !last.contains(peak)) {
      all.add(peak);
    }
    all.addAll(last);
    return all;
  }
}
