package io.earshot.detector.broker;

/**
 * How soon a client that was killed is missed, so that another can go on with its work.
 *
 * <p>Both times stand between a detector's death and the next event of its streams. Too short, and
 * a client that is only slow is taken for dead: nothing is lost then, but work is done again.
 */
public final class Takeover {
  /** A member of a group that was silent for so long has left; by default brokers allow no less. */
  public static final int SESSION_MILLIS = 6_000;

  public static final int HEARTBEAT_MILLIS = 1_500;

  /** What a transaction may take beyond the time for which it is meant to stay open. */
  private static final int TRANSACTION_GRACE_MILLIS = 5_000;

  private Takeover() {}

  /** A transaction that is older is aborted; until then it holds back readers of what it wrote. */
  public static int transactionMillis(long commitMillis) {
    return Math.toIntExact(commitMillis + TRANSACTION_GRACE_MILLIS);
  }
}
