package io.earshot.producer.app;

import io.earshot.producer.stream.Pace;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds the pump back until a frame's time has come. */
final class Pacer {
  private final Pace pace;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private long startNanos;

  Pacer(Pace pace) {
    this.pace = pace;
  }

  void start() {
    startNanos = System.nanoTime();
  }

  /**
   * Waits until {@code micros} of sound have passed since the start, counted from the start and not
   * from the last frame, so that delays do not add up; or until {@link #stop}.
   */
  void await(long micros) {
    if (pace == Pace.FAST) {
      return;
    }
    long due = startNanos + TimeUnit.MICROSECONDS.toNanos(micros);
    try {
      stopped.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // An interrupted thread ends its stream as stop() does, and its caller still sees why.
      Thread.currentThread().interrupt();
      stop();
    }
  }

  void stop() {
    stopped.countDown();
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }
}
