package io.earshot.detector.app;

import io.earshot.detector.bench.ProcessMemory;

/** The most resident memory since it was opened, looked at several times a second. */
final class BenchMemory implements AutoCloseable {
  private static final long PERIOD_MILLIS = 200;

  private final Thread thread = new Thread(this::watch, "earshot-bench-memory");
  private volatile long peak;
  private volatile boolean closed;

  private BenchMemory() {}

  static BenchMemory open() {
    BenchMemory memory = new BenchMemory();
    memory.thread.setDaemon(true);
    memory.thread.start();
    return memory;
  }

  /** Bytes; 0 where the system does not tell. */
  long peak() {
    return peak;
  }

  private void watch() {
    try {
      while (!closed) {
        peak = Math.max(peak, ProcessMemory.resident().orElse(0));
        Thread.sleep(PERIOD_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
