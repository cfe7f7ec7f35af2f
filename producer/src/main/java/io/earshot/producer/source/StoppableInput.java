package io.earshot.producer.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A stream of bytes whose reader can be stopped while it waits. Nothing can wake a read of standard
 * input, so a thread of its own waits there; it dies with the process.
 */
final class StoppableInput extends InputStream {
  private static final int CHUNK_BYTES = 1 << 14;
  private static final int CHUNKS = 16;
  private static final long PATIENCE_MILLIS = 50;
  private static final byte[] END = {};

  private final InputStream in;
  private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(CHUNKS);
  private byte[] chunk = {};
  private int position;
  private volatile IOException failure;
  private volatile boolean stopped;

  StoppableInput(InputStream in, String name) {
    this.in = in;
    Thread thread = new Thread(this::transfer, "earshot-input-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends the reader's wait, and with it the stream. Any thread. */
  void stop() {
    stopped = true;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    while (position == chunk.length && chunk != END) {
      if (stopped) {
        return -1;
      }
      next();
    }
    if (chunk == END) {
      if (failure != null) {
        throw failure;
      }
      return -1;
    }
    int n = Math.min(count, chunk.length - position);
    System.arraycopy(chunk, position, bytes, from, n);
    position += n;
    return n;
  }

  @Override
  public void close() throws IOException {
    stop();
    in.close();
  }

  private void next() throws IOException {
    try {
      byte[] more = chunks.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      if (more != null) {
        chunk = more;
        position = 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void transfer() {
    try {
      byte[] buffer = new byte[CHUNK_BYTES];
      int n = in.read(buffer);
      while (n >= 0 && !stopped) {
        if (n > 0) {
          chunks.put(Arrays.copyOf(buffer, n));
        }
        n = in.read(buffer);
      }
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end();
  }

  private void end() {
    try {
      while (!stopped && !chunks.offer(END, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        // The reader has yet to make room.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
