package io.earshot.detector.app;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;

/**
 * Ctrl-C and SIGTERM ask for a stop; the command then closes what it has opened, in order, and
 * returns. A second one ends the process at once.
 *
 * <p>No shutdown hook: hooks run side by side, and ONNX Runtime has one that frees its memory while
 * the network may still be scoring.
 */
final class Interrupt implements AutoCloseable {
  /** What shells make of a process that SIGINT has ended: 128 and the signal's number. */
  static final int STATUS = 130;

  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private final CountDownLatch requested = new CountDownLatch(1);
  private final List<Object> before;
  private Runnable stop = () -> {};

  private Interrupt() {
    before = SIGNALS.stream().map(name -> Signals.register(name, this::request)).toList();
  }

  static Interrupt open() {
    return new Interrupt();
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

  /**
   * Signals end the process again, as they did before. Waits for an action that has begun: if that
   * one ends the process, nothing is said of what it has broken off.
   */
  @Override
  public synchronized void close() {
    for (int i = 0; i < before.size(); i++) {
      Signals.unregister(SIGNALS.get(i), before.get(i));
    }
  }

  private synchronized void request() {
    if (requested()) {
      Runtime.getRuntime().halt(STATUS);
    }
    requested.countDown();
    stop.run();
  }
}
