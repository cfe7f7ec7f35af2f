package io.earshot.detector.inference;

/**
 * Decides when waiting patches are a batch: as soon as there are {@code maxBatch}, or when the
 * oldest has waited for {@code linger}, whichever is first. Pure: time comes in.
 */
final class Batcher {
  private final int maxBatch;
  private final long lingerNanos;

  Batcher(int maxBatch, long lingerNanos) {
    this.maxBatch = maxBatch;
    this.lingerNanos = lingerNanos;
  }

  int maxBatch() {
    return maxBatch;
  }

  /**
   * How many of the waiting patches to score now; 0 to wait until {@link #deadline}.
   *
   * @param waiting patches that could go now, at least 1
   * @param complete nothing can join them: the ring wraps or a stream ends behind them
   * @param oldestNanos when the first of them came
   */
  int take(int waiting, boolean complete, long oldestNanos, long nowNanos) {
    boolean due = complete || waiting >= maxBatch || nowNanos - deadline(oldestNanos) >= 0;
    return due ? Math.min(waiting, maxBatch) : 0;
  }

  long deadline(long oldestNanos) {
    return oldestNanos + lingerNanos;
  }
}
