package io.earshot.detector.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: work is asked to stop, and the process ends when the command has closed what
 * it opened, or after a while. Open it first, so that it is closed last.
 */
final class Interrupt implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final CountDownLatch requested = new CountDownLatch(1);
  private Runnable stop = () -> {};

  private Interrupt() {}

  static Interrupt open() {
    Interrupt interrupt = new Interrupt();
    Runtime.getRuntime().addShutdownHook(new Thread(interrupt::request, "earshot-interrupt"));
    return interrupt;
  }

  /** Runs {@code action} when asked to stop: at once if that has happened. */
  synchronized void onRequest(Runnable action) {
    stop = action;
    if (requested()) {
      action.run();
    }
  }

  /** Whether the user wants it to end. */
  boolean requested() {
    return requested.getCount() == 0;
  }

  /** Waits a moment; whether the user wants it to end. */
  boolean await(long millis) throws InterruptedException {
    return requested.await(millis, TimeUnit.MILLISECONDS);
  }

  /** The command has closed everything. */
  @Override
  public void close() {
    finished.countDown();
  }

  private void request() {
    if (finished.getCount() == 0) {
      return;
    }
    synchronized (this) {
      requested.countDown();
      stop.run();
    }
    try {
      if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("earshot: not everything could be closed in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
