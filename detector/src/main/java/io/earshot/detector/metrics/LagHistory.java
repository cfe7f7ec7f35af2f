package io.earshot.detector.metrics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

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
  /** An hour at a look each five seconds. */
  private static final int LOOKS = 720;

  /** Of the older looks one a minute is kept, for a day; of an older lag it is known that it is. */
  private static final int OLD_LOOKS = 1_440;

  private static final long OLD_MILLIS = 60_000;

  private record Look(long millis, long end) {}

  private final Deque<Look> looks = new ArrayDeque<>();
  private final Deque<Look> oldLooks = new ArrayDeque<>();

  /** The partition ended at that offset then. */
  public void add(long nowMillis, long end) {
    looks.addLast(new Look(nowMillis, end));
    if (looks.size() > LOOKS) {
      keep(looks.removeFirst());
    }
  }

  private void keep(Look old) {
    if (oldLooks.isEmpty() || old.millis - oldLooks.getLast().millis >= OLD_MILLIS) {
      oldLooks.addLast(old);
      if (oldLooks.size() > OLD_LOOKS) {
        oldLooks.removeFirst();
      }
    }
  }

  /**
   * The age of the first record that is not done; 0 if all are. One that was there before the first
   * look is at least as old as that.
   *
   * @param done offset of the next record to do
   */
  public double seconds(long nowMillis, long done) {
    Look after = null;
    for (Deque<Look> part : List.of(looks, oldLooks)) {
      for (Iterator<Look> newest = part.descendingIterator(); newest.hasNext(); ) {
        Look look = newest.next();
        if (look.end <= done) {
          return after == null ? 0 : (nowMillis - between(look, after, done)) / 1e3;
        }
        after = look;
      }
    }
    return after == null ? 0 : (nowMillis - after.millis) / 1e3;
  }

  /** When the record at that offset came. */
  private static double between(Look before, Look after, long offset) {
    double share = (offset - before.end) / (double) (after.end - before.end);
    return before.millis + share * (after.millis - before.millis);
  }
}
