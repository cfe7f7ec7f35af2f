package io.earshot.detector.inference;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Blocks until the wanted sequence is published or a deadline has passed. Disruptor's own timed
 * strategies have one fixed time-out; lingering needs another at each wait.
 *
 * <p>{@link #until} is called by the one waiting thread, before it waits.
 */
final class DeadlineWait implements WaitStrategy {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition published = lock.newCondition();
  private long deadlineNanos;

  /** Sets the deadline of the next wait, as {@link System#nanoTime} counts. */
  void until(long deadlineNanos) {
    this.deadlineNanos = deadlineNanos;
  }

  /** Returns what is published when the wait ends, which is below {@code sequence} if too late. */
  @Override
  public long waitFor(
      long sequence, Sequence cursor, Sequence dependentSequence, SequenceBarrier barrier)
      throws AlertException, InterruptedException {
    if (cursor.get() < sequence) {
      lock.lock();
      try {
        long left = deadlineNanos - System.nanoTime();
        while (cursor.get() < sequence && left > 0) {
          barrier.checkAlert();
          left = published.awaitNanos(left);
        }
      } finally {
        lock.unlock();
      }
    }
    return dependentSequence.get();
  }

  @Override
  public void signalAllWhenBlocking() {
    lock.lock();
    try {
      published.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
