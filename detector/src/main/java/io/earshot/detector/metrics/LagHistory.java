package io.earshot.detector.metrics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * How old the first record is that a consumer group has not done, of one partition: since when the
 * partition has been longer than what the group has done. Known as exactly as the partition's end
 * was looked at; between two looks it is taken to have grown evenly.
 *
 * <pre>{@code
 * LagHistory history = new LagHistory();
 * history.add(nowMillis, endOffset);
 * double seconds = history.seconds(nowMillis, committedOffset);
 * }</pre>
 *
 * <p>Pure: the time comes in, milliseconds of one clock. Belongs to one thread.
 */
public final class LagHistory {
  /** Of a lag older than an hour at a look each five seconds it is only known that it is. */
  private static final int LOOKS = 720;

  private record Look(long millis, long end) {}

  private final Deque<Look> looks = new ArrayDeque<>();

  /** The partition ended at that offset then. */
  public void add(long nowMillis, long end) {
    looks.addLast(new Look(nowMillis, end));
    if (looks.size() > LOOKS) {
      looks.removeFirst();
    }
  }

  /**
   * The age of the first record that is not done; 0 if all are.
   *
   * @param done offset of the next record to do
   */
  public double seconds(long nowMillis, long done) {
    Look after = null;
    for (Iterator<Look> newest = looks.descendingIterator(); newest.hasNext(); ) {
      Look look = newest.next();
      if (look.end <= done) {
        return after == null ? 0 : (nowMillis - between(look, after, done)) / 1e3;
      }
      after = look;
    }
    return after == null ? 0 : (nowMillis - after.millis) / 1e3;
  }

  /** When the record at that offset came. */
  private static double between(Look before, Look after, long offset) {
    double share = (offset - before.end) / (double) (after.end - before.end);
    return before.millis + share * (after.millis - before.millis);
  }
}
