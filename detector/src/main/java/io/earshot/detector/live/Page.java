package io.earshot.detector.live;

import java.util.ArrayList;
import java.util.List;

/**
 * Some of what was asked for, the latest onset first.
 *
 * @param next where to go on; null if that is all. Where there is more to read than time, a page
 *     has fewer than were asked for, or none, and says where to go on.
 */
public record Page(List<Finding> findings, Place next) {
  /** With others before its own. */
  Page after(List<Finding> later, int limit) {
    List<Finding> all = new ArrayList<>(later);
    all.addAll(findings);
    return of(all, limit, next);
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
