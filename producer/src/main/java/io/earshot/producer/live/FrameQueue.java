package io.earshot.producer.live;

import io.earshot.producer.frame.Frame;
import io.earshot.producer.publish.FrameSink;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames of many streams on their way to a sink that may make its caller wait, as Kafka's does.
 *
 * <p>{@link #publish} never waits: where there is no room the oldest frame goes, and is counted.
 * One thread hands on; what the sink throws, each later call throws, too. Any number of threads.
 */
public final class FrameQueue implements FrameSink {
  private static final Logger log = LoggerFactory.getLogger(FrameQueue.class);
  private static final long PATIENCE_MILLIS = 10_000;
  private static final long POLL_MILLIS = 100;

  private final FrameSink sink;
  private final BlockingQueue<Frame> queue;
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread = new Thread(this::handOn, "earshot-frames");
  private volatile IOException failure;
  private volatile boolean closed;

  /**
   * Starts the thread.
   *
   * @param sink stays open when this is closed
   * @param capacity in frames, 3.2 kB each
   */
  public FrameQueue(FrameSink sink, int capacity) {
    this.sink = sink;
    this.queue = new ArrayBlockingQueue<>(capacity);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void publish(Frame frame) throws IOException {
    throwFailure();
    while (!queue.offer(frame)) {
      if (queue.poll() != null && dropped.getAndIncrement() == 0) {
        log.warn("Kafka takes no frames: the oldest are dropped");
      }
    }
  }

  /** Whether a source that can wait should: the queue is more than half full. */
  public boolean isCrowded() {
    return queue.size() > queue.remainingCapacity();
  }

  /** Whether the sink has failed: all that is published now fails, too. */
  public boolean hasFailed() {
    return failure != null;
  }

  public long dropped() {
    return dropped.get();
  }

  /** Hands on what is here, for at most ten seconds. A second call does nothing. */
  @Override
  public void close() throws IOException {
    closed = true;
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    throwFailure();
    if (!queue.isEmpty()) {
      throw new IOException("%d frames could not be handed on".formatted(queue.size()));
    }
  }

  private void handOn() {
    try {
      while (!closed || !queue.isEmpty()) {
        Frame frame = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (frame != null) {
          sink.publish(frame);
        }
      }
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      // closed, and the sink took too long
    } catch (RuntimeException e) {
      failure = new IOException(e.toString(), e);
    }
  }

  private void throwFailure() throws IOException {
    IOException e = failure;
    if (e != null) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
