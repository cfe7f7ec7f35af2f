package io.earshot.detector.segment;

import java.util.ArrayList;
import java.util.List;

/**
 * Which session a stream belongs to, if several producers send under one id. Pure, immutable.
 *
 * <p>A session gives way when it has been silent for a second, or been heard for one: a producer
 * was started again. But what it has itself replaced must wait for its silence. So two producers
 * cannot cut each other's sound to pieces, and a stray frame costs a second.
 *
 * @param session the one whose frames are taken; may be empty
 * @param replaced those that had the stream before, the latest last
 */
record StreamOwner(String session, List<String> replaced) {
  private static final long SETTLED_MILLIS = 1_000;
  private static final long SILENT_MILLIS = 1_000;
  private static final int REMEMBERED = 8;

  StreamOwner {
    replaced = List.copyOf(replaced);
  }

  /** The owner of a stream that nobody knew. */
  static StreamOwner first(String session) {
    return new StreamOwner(session, List.of());
  }

  /**
   * Whether another session takes the stream over.
   *
   * @param heardMillis length of the owner's run
   * @param silentMillis from the end of the owner's last frame to the other's frame
   */
  boolean yieldsTo(String other, long heardMillis, long silentMillis) {
    boolean startedAgain = !replaced.contains(other) && heardMillis >= SETTLED_MILLIS;
    return startedAgain || silentMillis >= SILENT_MILLIS;
  }

  /** The stream now belongs to {@code next}, which may be the same session. */
  StreamOwner passTo(String next) {
    if (next.equals(session)) {
      return this;
    }
    List<String> before = new ArrayList<>(replaced);
    before.remove(next);
    before.add(session);
    return new StreamOwner(
        next, before.subList(Math.max(0, before.size() - REMEMBERED), before.size()));
  }
}
