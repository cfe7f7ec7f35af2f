package io.earshot.producer.publish;

import io.earshot.producer.frame.Frame;
import io.earshot.producer.spool.Backlog;
import io.earshot.producer.spool.Folder;
import io.earshot.producer.spool.Losses;
import io.earshot.producer.spool.SpoolInUseException;
import io.earshot.producer.spool.SpoolMetrics;
import io.earshot.producer.spool.SpoolSettings;
import io.earshot.producer.spool.SpoolWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live frames to Kafka, through a spool on disk while Kafka does not take them.
 *
 * <pre>
 * Wire.Opener kafka = () -&gt; KafkaWire.open(clientConfig, "earshot.frames");
 * var publisher = SpooledPublisher.open(kafka, Path.of("data/spool"), settings, SpoolMetrics.NONE);
 * publisher.publish(frame); // waits for nobody
 * publisher.flush();        // returns when Kafka has all of it
 * </pre>
 *
 * <p>What has not arrived within half a second is on disk within a second, whether Kafka's client
 * has it or not, and survives the process. The next one sends it first. Any number of threads.
 */
public final class SpooledPublisher implements FrameSink {
  private static final Logger log = LoggerFactory.getLogger(SpooledPublisher.class);
  private static final long WRITE_MILLIS = 100;
  private static final long SEND_MILLIS = 20;
  private static final long PAUSE_MILLIS = 2;

  /** When closing, for what Kafka is about to acknowledge. */
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long PATIENCE_MILLIS = 1_000;
  private static final long JOIN_MILLIS = 10_000;

  private final Backlog backlog;
  private final SpoolWriter writer;
  private final FrameSender sender;
  private final Thread writing = new Thread(this::write, "earshot-spool");
  private final Thread sending = new Thread(this::send, "earshot-publish");
  private volatile boolean taking = true;
  private volatile boolean waiting = true;
  private volatile boolean running = true;
  private boolean closed;

  private SpooledPublisher(Backlog backlog, SpoolWriter writer, FrameSender sender) {
    this.backlog = backlog;
    this.writer = writer;
    this.sender = sender;
  }

  /**
   * Begins to send what an earlier process has left in the folder.
   *
   * @throws SpoolInUseException if another process has the folder; if it cannot be written to,
   *     there is a warning, and frames wait in memory
   */
  public static SpooledPublisher open(
      Wire.Opener kafka, Path folder, SpoolSettings settings, SpoolMetrics metrics)
      throws SpoolInUseException {
    Losses losses = new Losses(metrics);
    Backlog backlog = new Backlog(settings, losses);
    SpoolWriter writer =
        new SpoolWriter(
            () -> Folder.open(folder), folder.toString(), settings, backlog, losses, metrics);
    long now = System.nanoTime();
    writer.open(now);
    FrameSender sender = new FrameSender(kafka, backlog, metrics, now);
    SpooledPublisher publisher = new SpooledPublisher(backlog, writer, sender);
    publisher.writing.setDaemon(true);
    publisher.sending.setDaemon(true);
    publisher.writing.start();
    publisher.sending.start();
    return publisher;
  }

  @Override
  public void publish(Frame frame) throws IOException {
    if (!taking) {
      throw new IOException("the publisher is closed");
    }
    backlog.offer(frame, System.nanoTime());
  }

  /** Waits until Kafka has everything, or until {@link #stopWaiting}. */
  @Override
  public void flush() throws IOException {
    try {
      for (long seen = 0; waiting && !backlog.isEmpty(); ) {
        seen = backlog.awaitChange(seen, SEND_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for Kafka", e);
    }
  }

  /** From now on nobody waits for Kafka: what it has not taken stays on disk. */
  public void stopWaiting() {
    waiting = false;
  }

  /** Frames that Kafka does not have yet. */
  public long backlog() {
    return backlog.size();
  }

  /** Those of one stream. */
  public int backlog(String stream) {
    return backlog.size(stream);
  }

  /**
   * Gives Kafka a moment for the newest frames, and leaves the rest on disk for the next process. A
   * second call does nothing.
   */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    taking = false;
    stopWaiting();
    boolean interrupted = Thread.interrupted();
    try {
      long deadline = System.nanoTime() + CLOSE_NANOS;
      while (!backlog.isInMemoryEmpty() && System.nanoTime() - deadline < 0) {
        TimeUnit.MILLISECONDS.sleep(SEND_MILLIS);
      }
      running = false;
      sending.join(PATIENCE_MILLIS);
      // It may be waiting for a Kafka that never answered.
      sending.interrupt();
      sending.join(JOIN_MILLIS);
      writing.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      interrupted = true;
      running = false;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void send() {
    try {
      for (long seen = 0; running; ) {
        seen = backlog.awaitChange(seen, SEND_MILLIS);
        sendNow();
        // Of many streams some frames at a time: fewer wake-ups.
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      // Closed.
    } finally {
      sender.close();
    }
  }

  /** Whatever a client throws, sound goes on, at least to disk. */
  private void sendNow() {
    try {
      sender.step(System.nanoTime());
    } catch (RuntimeException e) {
      sender.failed(e);
    }
  }

  private boolean writeNow() {
    try {
      return writer.step(System.nanoTime());
    } catch (RuntimeException e) {
      log.error("the spool fails", e);
      return false;
    }
  }

  private void write() {
    try {
      while (running) {
        if (!writeNow()) {
          TimeUnit.MILLISECONDS.sleep(WRITE_MILLIS);
        }
      }
      sending.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      // As above.
    }
    int lost = writer.close(System.nanoTime());
    if (lost > 0) {
      log.warn("{} frames could be neither sent nor written, and are lost", lost);
    }
  }
}
