package io.earshot.detector.live;

import java.time.Instant;
import java.util.Set;

/**
 * Which events or candidates somebody asks for.
 *
 * @param labels all, if it is empty; so with streams and kinds
 * @param from with an onset from there on; null for all
 * @param to with an onset before there; null for all
 * @param kinds states of events, reasons of candidates
 * @param before the place that the last answer has come to; null to begin
 * @param limit how many at most
 */
public record Search(
    Set<String> labels,
    Set<String> streams,
    Set<String> kinds,
    Instant from,
    Instant to,
    double minConfidence,
    Place before,
    int limit) {
  /** The same for what is earlier. */
  Search before(Place place) {
    Place earlier = upper().compareTo(place) < 0 ? upper() : place;
    return new Search(labels, streams, kinds, from, to, minConfidence, earlier, limit);
  }

  /** The same for what is of that stretch. */
  Search between(Place first, Place end) {
    Instant begin = Instant.ofEpochMilli(Math.max(first.onsetMillis(), lower().onsetMillis()));
    return new Search(labels, streams, kinds, begin, to, minConfidence, before, limit).before(end);
  }

  /** All from here on are too late. */
  Place upper() {
    Place end = to == null ? Place.LAST : Place.at(to.toEpochMilli());
    return before == null || end.compareTo(before) < 0 ? end : before;
  }

  /** The first that is not too early. */
  Place lower() {
    return Place.at(from == null ? Long.MIN_VALUE : from.toEpochMilli());
  }

  /** By what never changes of a finding. */
  boolean mayHold(Finding finding) {
    return finding.place().compareTo(lower()) >= 0
        && finding.place().compareTo(upper()) < 0
        && holds(labels, finding.label())
        && holds(streams, finding.stream());
  }

  boolean holds(Finding finding) {
    return mayHold(finding)
        && holds(kinds, finding.kind())
        && finding.confidence() >= minConfidence;
  }

  private static boolean holds(Set<String> some, String one) {
    return some.isEmpty() || some.contains(one);
  }
}
