package io.earshot.producer.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What a process writes, for a reader that can be stopped and loses patience. Nothing wakes a read
 * of a pipe, so it looks whether there is something. One thread.
 */
final class ProcessOutput extends InputStream {
  private static final long LOOK_MILLIS = 10;

  private final Process process;
  private final BooleanSupplier stopped;
  private Duration patience;

  ProcessOutput(Process process, Duration patience, BooleanSupplier stopped) {
    this.process = process;
    this.patience = patience;
    this.stopped = stopped;
  }

  /** How long a read waits from now on. */
  void setPatience(Duration newPatience) {
    patience = newPatience;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * Reads what is there.
   *
   * @return -1 when the process is over or the reader was stopped
   */
  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    InputStream in = process.getInputStream();
    long begun = System.nanoTime();
    while (in.available() == 0 && process.isAlive()) {
      if (stopped.getAsBoolean()) {
        return -1;
      }
      if (System.nanoTime() - begun > patience.toNanos()) {
        throw new AudioException("no sound for %d ms".formatted(patience.toMillis()));
      }
      pause();
    }
    return stopped.getAsBoolean() ? -1 : in.read(bytes, from, count);
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
