package io.earshot.detector.inference;

import java.util.concurrent.TimeUnit;

/**
 * When results are to be committed. A commit costs the broker as much as many scores, and whoever
 * reads committed records waits for it: at the latest an interval after the first result, sooner
 * when nothing more waits, later while so much waits that what comes out is late anyway.
 *
 * <p>Pure: times are {@link System#nanoTime}'s and come in. Belongs to one thread.
 */
final class CommitSchedule {
  /** How many intervals results may wait while patches wait for the network. */
  private static final int BEHIND = 4;

  private static final long MOST_BEHIND_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Of batches like that, few are as much as a transaction may take. */
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long intervalNanos;
  private final boolean prompt;
  private final int maxBatch;
  private boolean open;
  private long sinceNanos;
  private long lastNanos;
  private boolean slow;

  /**
   * @param prompt whether readers wait for commits
   */
  CommitSchedule(long intervalNanos, boolean prompt, int maxBatch, long nowNanos) {
    this.intervalNanos = intervalNanos;
    this.prompt = prompt;
    this.maxBatch = maxBatch;
    this.lastNanos = nowNanos;
  }

  /** A result was sent. */
  void sent(long nowNanos) {
    if (!open) {
      open = true;
      sinceNanos = nowNanos;
    }
  }

  /** The results of a batch were sent that began then. */
  void scored(long startNanos, long nowNanos) {
    slow = nowNanos - startNanos >= SLOW_NANOS;
    if (nowNanos - startNanos >= intervalNanos && startNanos - sinceNanos < 0) {
      // Beside another batch as slow, its transaction might be taken for one left behind.
      sinceNanos = startNanos;
    }
  }

  /** All that was sent is being committed. */
  void committed(long nowNanos) {
    open = false;
    lastNanos = nowNanos;
  }

  /** Whether something was sent and not committed. */
  boolean isOpen() {
    return open;
  }

  /**
   * When to commit what is open.
   *
   * @param waiting patches that are there and not scored
   */
  long deadline(long waiting) {
    long latest = sinceNanos + patience(waiting);
    boolean idle = prompt && waiting == 0;
    return idle ? Math.min(latest, lastNanos + intervalNanos / 2) : latest;
  }

  private long patience(long waiting) {
    boolean behind = waiting > 2L * maxBatch && !slow;
    return behind
        ? Math.min(BEHIND * intervalNanos, intervalNanos + MOST_BEHIND_NANOS)
        : intervalNanos;
  }
}
