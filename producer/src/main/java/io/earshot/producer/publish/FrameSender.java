package io.earshot.producer.publish;

import io.earshot.producer.spool.Backlog;
import io.earshot.producer.spool.Entry;
import io.earshot.producer.spool.SpoolMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the frames of a backlog to Kafka. Belongs to one thread, which calls {@link #step} whenever
 * there may be something to do.
 *
 * <p>A client whose send has failed is given up: what it had is sent again by a new one, in order.
 */
final class FrameSender {
  private static final Logger log = LoggerFactory.getLogger(FrameSender.class);
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** After the client has had no room, or has not found the topic yet. */
  private static final long NOT_TAKEN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Wire.Opener opener;
  private final Backlog backlog;
  private final SpoolMetrics metrics;

  /** Null while there is no client. */
  private Wire wire;

  private long notBeforeNanos;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private volatile String failure;
  private volatile boolean working;
  private String told;
  private int turn;

  FrameSender(Wire.Opener opener, Backlog backlog, SpoolMetrics metrics, long nowNanos) {
    this.opener = opener;
    this.backlog = backlog;
    this.metrics = metrics;
    this.notBeforeNanos = nowNanos;
  }

  /** Sends what may be sent now. */
  void step(long nowNanos) {
    if (failure != null) {
      giveUp(nowNanos);
    }
    if (nowNanos - notBeforeNanos < 0 || (wire == null && !open(nowNanos))) {
      return;
    }
    List<String> streams = new ArrayList<>(backlog.unsent());
    // Another one is the first each time, in case there is not room for all.
    Collections.rotate(streams, turn++);
    for (String stream : streams) {
      sendAll(stream, nowNanos);
      if (failure != null || nowNanos - notBeforeNanos < 0) {
        return;
      }
    }
  }

  private void sendAll(String stream, long nowNanos) {
    Entry entry = backlog.next(stream, nowNanos);
    while (entry != null && send(entry, nowNanos) && failure == null) {
      entry = backlog.next(stream, nowNanos);
    }
  }

  /** The client is given up at the next step. */
  void failed(RuntimeException e) {
    log.debug("failed", e);
    failure = String.valueOf(e);
  }

  void close() {
    if (wire != null) {
      wire.close();
      wire = null;
    }
    backlog.takeBack();
  }

  /** Whether the next frame of the stream may follow. */
  private boolean send(Entry entry, long nowNanos) {
    if (entry.frame() == null && !backlog.load(entry)) {
      return true;
    }
    int attempt = backlog.send(entry, nowNanos);
    if (attempt < 0) {
      return false;
    }
    String notTaken = wire.offer(entry.frame(), new Report(entry, attempt));
    if (notTaken != null) {
      backlog.notTaken(entry, attempt);
      notBeforeNanos = nowNanos + NOT_TAKEN_NANOS;
    }
    return notTaken == null;
  }

  private boolean open(long nowNanos) {
    try {
      wire = opener.open();
      // Who was interrupted meanwhile is to end, not to begin.
      return !Thread.currentThread().isInterrupted();
    } catch (IOException e) {
      if (!Thread.currentThread().isInterrupted()) {
        tell(e.getMessage());
      }
      pause(nowNanos);
      return false;
    }
  }

  private void giveUp(long nowNanos) {
    close();
    tell(failure);
    failure = null;
    metrics.sendFailed();
    if (working) {
      working = false;
      told = null;
      pauseNanos = FIRST_PAUSE_NANOS;
    }
    pause(nowNanos);
  }

  private void pause(long nowNanos) {
    notBeforeNanos = nowNanos + pauseNanos;
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
  }

  /** Once, until it works or fails otherwise. */
  private void tell(String why) {
    if (why != null && !why.equals(told)) {
      log.warn("frames cannot be sent: {}; it is tried again", why);
    }
    told = why;
  }

  /** On Kafka's thread. */
  private final class Report implements Wire.Receipt {
    private final Entry entry;
    private final int attempt;

    Report(Entry entry, int attempt) {
      this.entry = entry;
      this.attempt = attempt;
    }

    @Override
    public void arrived() {
      if (backlog.arrived(entry, attempt)) {
        working = true;
        metrics.arrived(entry.frame().stream());
      }
    }

    @Override
    public void refused(String why) {
      log.debug("refused: {}", why);
      backlog.refused(entry, attempt);
    }

    @Override
    public void failed(String why) {
      // What is behind the first one fails with it.
      failure = failure == null ? why : failure;
    }
  }
}
