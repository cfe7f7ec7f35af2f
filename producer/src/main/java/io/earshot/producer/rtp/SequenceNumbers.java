package io.earshot.producer.rtp;

/**
 * 16-bit sequence numbers that never wrap: RFC 3550, appendix A.1. A jump further than {@link
 * #MAX_DROPOUT} ahead or {@link #MAX_MISORDER} back is an error, until the next number follows on
 * it: then the sender has begun anew.
 */
final class SequenceNumbers {
  static final int MAX_DROPOUT = 3000;
  static final int MAX_MISORDER = 100;
  private static final int CYCLE = 1 << 16;
  private static final int NONE = CYCLE;

  /** {@link #extend}'s answer: not to be believed, or not yet. */
  static final long BAD = -1;

  private long highest;
  private int afterBad = NONE;
  private boolean restarted;

  /** First number of a source. */
  SequenceNumbers(int first) {
    highest = (long) CYCLE + first; // so that those just before the first are not negative
  }

  /** The number with its cycles; {@link #BAD}. */
  long extend(int sequence) {
    restarted = false;
    int ahead = (sequence - (int) (highest % CYCLE) + CYCLE) % CYCLE;
    if (ahead < MAX_DROPOUT) {
      highest += ahead;
      afterBad = NONE;
      return highest;
    }
    int back = CYCLE - ahead;
    if (back <= MAX_MISORDER) {
      return highest - back;
    }
    if (sequence == afterBad) {
      highest = (highest / CYCLE + 2) * CYCLE + sequence;
      afterBad = NONE;
      restarted = true;
      return highest;
    }
    afterBad = (sequence + 1) % CYCLE;
    return BAD;
  }

  /** Whether with the last number the sender has begun anew. */
  boolean restarted() {
    return restarted;
  }
}
