package io.earshot.detector.live;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Some of what was asked for, the latest onset first.
 *
 * @param next where to go on; null if that is all. Where there is more to read than time, a page
 *     has fewer than were asked for, or none, and says where to go on.
 */
public record Page(List<Finding> findings, Place next) {
  /** With others between its own, or in their place: those up to where it goes on. */
  Page with(List<Finding> others, int limit) {
    SortedMap<Place, Finding> all = new TreeMap<>(Comparator.reverseOrder());
    findings.forEach(finding -> all.put(finding.place(), finding));
    others.stream()
        .filter(finding -> next == null || finding.place().compareTo(next) >= 0)
        .forEach(finding -> all.put(finding.place(), finding));
    return of(List.copyOf(all.values()), limit, next);
  }

  /** Cuts off what was read to see whether there is more. */
  static Page of(List<Finding> findings, int limit, Place next) {
    if (findings.size() <= limit) {
      return new Page(List.copyOf(findings), next);
    }
    List<Finding> some = List.copyOf(findings.subList(0, limit));
    return new Page(some, some.get(limit - 1).place());
  }
}
