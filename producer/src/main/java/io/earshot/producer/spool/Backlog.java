package io.earshot.producer.spool;

import io.earshot.producer.frame.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Which frame of each stream is sent next, and which must be written to disk first.
 *
 * <p>A stream's frames go to Kafka in their order, whether they come from memory or from disk;
 * streams do not wait for each other. Of a stream only as much is on its way as {@link #room} says.
 * Sound that was held up for over half a second is sent at a limited rate.
 *
 * <p>Before a new session of a stream, and before the end of one, all of it that was sent has
 * arrived and is noted on disk. What a crash makes us send twice is therefore never of a session
 * that the detector believes over: it would take it for a new one.
 *
 * <p>Any thread; no call waits for disk or network, except {@link #load} for the disk. Time comes
 * in as a parameter.
 */
public final class Backlog {
  /** What has not arrived after this long goes to disk. */
  static final long HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Sent at once after a pause, before the rate is limited. */
  private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** While the disk does not take them: 17 minutes of one stream. */
  private static final long MAX_MEMORY_BYTES = 32 << 20;

  /** With Kafka's client; half of its memory by default. */
  private static final long MAX_IN_FLIGHT_BYTES = 16 << 20;

  /** Of one stream, 8 s; and half a second where a thousand streams share. */
  private static final long MOST_OF_STREAM_BYTES = 256 << 10;

  private static final long LEAST_OF_STREAM_BYTES = 16 << 10;

  private final double catchUp;
  private final long maxMemoryBytes;
  private final Losses losses;
  private final Map<String, StreamQueue> queues = new LinkedHashMap<>();
  private boolean ready;
  private long open;
  private long inFlightBytes;
  private long memoryBytes;

  /** Frames on disk that are done, ever; and how many of them were when that was last noted. */
  private long done;

  private long noted;
  private boolean noteWanted;
  private long changes;

  /** A backlog that sends nothing until {@link #recovered} is called. */
  public Backlog(SpoolSettings settings, Losses losses) {
    this(settings, losses, MAX_MEMORY_BYTES);
  }

  Backlog(SpoolSettings settings, Losses losses, long maxMemoryBytes) {
    this.catchUp = settings.catchUp();
    this.losses = losses;
    this.maxMemoryBytes = maxMemoryBytes;
  }

  /** Takes a frame behind all others of its stream. */
  public synchronized void offer(Frame frame, long nowNanos) {
    StreamQueue queue = queues.computeIfAbsent(frame.stream(), StreamQueue::new);
    Entry entry = new Entry(queue, frame, nowNanos);
    queue.arrived.add(entry);
    memoryBytes += entry.bytes;
    open++;
    while (memoryBytes > maxMemoryBytes) {
      dropOldestInMemory();
    }
    changed();
  }

  private void dropOldestInMemory() {
    StreamQueue oldest =
        queues.values().stream()
            .filter(queue -> !queue.arrived.isEmpty())
            .min(Comparator.comparingLong(queue -> queue.arrived.element().arrivedNanos))
            .orElseThrow();
    Entry entry = oldest.arrived.remove();
    memoryBytes -= entry.bytes;
    finish(entry);
    losses.add(oldest.stream, Loss.MEMORY_FULL, 1);
  }

  // What the sender does.

  /** The streams of which something is to be sent. */
  public synchronized List<String> unsent() {
    return ready
        ? queues.values().stream().filter(StreamQueue::hasUnsent).map(q -> q.stream).toList()
        : List.of();
  }

  /** The stream's next frame, if it may be sent now; null if not. It may have to be loaded. */
  public synchronized Entry next(String stream, long nowNanos) {
    StreamQueue queue = queues.get(stream);
    if (!ready || queue == null || !queue.hasUnsent()) {
      return null;
    }
    if (queue.front.isEmpty()) {
      queue.front.add(takeFirst(queue, nowNanos));
    }
    Entry entry = queue.front.element();
    boolean fits =
        queue.hasRoomFor(entry, room()) && inFlightBytes + entry.bytes <= MAX_IN_FLIGHT_BYTES;
    boolean early = isHeldUp(entry, nowNanos) && nowNanos - queue.notBeforeNanos < 0;
    return fits && !early ? entry : null;
  }

  private Entry takeFirst(StreamQueue queue, long nowNanos) {
    if (!queue.spooled.isEmpty()) {
      return new Entry(queue, queue.spooled.remove(), nowNanos - HOLD_NANOS);
    }
    Entry entry = queue.arrived.remove();
    memoryBytes -= entry.bytes;
    return entry;
  }

  private long room() {
    long share = MAX_IN_FLIGHT_BYTES / Math.max(1, queues.size());
    return Math.max(LEAST_OF_STREAM_BYTES, Math.min(MOST_OF_STREAM_BYTES, share));
  }

  private static boolean isHeldUp(Entry entry, long nowNanos) {
    return nowNanos - entry.arrivedNanos >= HOLD_NANOS;
  }

  /**
   * Reads a frame that is on disk alone. The sender's thread; waits for the disk.
   *
   * @return whether it is there; else it is lost
   */
  public boolean load(Entry entry) {
    try {
      Frame frame = entry.place.segment().read(entry.place);
      return loaded(entry, frame);
    } catch (IOException e) {
      return loaded(entry, null);
    }
  }

  private synchronized boolean loaded(Entry entry, Frame frame) {
    if (entry.done) {
      return false;
    }
    if (frame == null) {
      entry.queue.front.remove(entry);
      finish(entry);
      losses.add(entry.queue.stream, Loss.UNREADABLE, 1);
      return false;
    }
    entry.frame(frame);
    return true;
  }

  /**
   * The frame that {@link #next} has given is sent now.
   *
   * @return the number of this attempt; -1 if it must not be sent yet
   */
  public synchronized int send(Entry entry, long nowNanos) {
    StreamQueue queue = entry.queue;
    Frame frame = entry.frame();
    if (entry.done || (queue.isBorder(frame) && !isAllNoted(queue))) {
      return -1;
    }
    if (isHeldUp(entry, nowNanos)) {
      long from = Math.max(queue.notBeforeNanos, nowNanos - BURST_NANOS);
      queue.notBeforeNanos = from + (long) (frame.durationMicros() * 1000 / catchUp);
    }
    queue.front.remove();
    queue.inFlight.add(entry);
    queue.inFlightBytes += entry.bytes;
    inFlightBytes += entry.bytes;
    queue.session = frame.session();
    entry.attempt = entry.attempts++;
    return entry.attempt;
  }

  private boolean isAllNoted(StreamQueue queue) {
    noteWanted |= queue.lastDone > noted;
    return queue.inFlight.isEmpty() && !queue.writing && queue.lastDone <= noted;
  }

  /** Kafka has it. A report of an attempt that no longer counts changes nothing. */
  public synchronized boolean arrived(Entry entry, int attempt) {
    boolean counts = endAttempt(entry, attempt);
    if (counts) {
      finish(entry);
    }
    return counts;
  }

  /** Kafka will never take it. */
  public synchronized void refused(Entry entry, int attempt) {
    if (endAttempt(entry, attempt)) {
      finish(entry);
      losses.add(entry.queue.stream, Loss.REFUSED, 1);
    }
  }

  /** Kafka's client has no room for the frame that was sent last; it is the next one again. */
  public synchronized void notTaken(Entry entry, int attempt) {
    if (endAttempt(entry, attempt)) {
      entry.queue.front.addFirst(entry);
    }
  }

  private boolean endAttempt(Entry entry, int attempt) {
    if (entry.attempt != attempt) {
      return false;
    }
    entry.attempt = -1;
    entry.queue.inFlight.remove(entry);
    entry.queue.inFlightBytes -= entry.bytes;
    inFlightBytes -= entry.bytes;
    return true;
  }

  /** Nothing of what is on its way arrives any more: all of it is sent again, in its order. */
  public synchronized void takeBack() {
    for (StreamQueue queue : queues.values()) {
      List<Entry> back = new ArrayList<>(queue.inFlight);
      back.forEach(entry -> endAttempt(entry, entry.attempt));
      for (int i = back.size() - 1; i >= 0; i--) {
        queue.front.addFirst(back.get(i));
      }
    }
  }

  private void finish(Entry entry) {
    entry.done = true;
    open--;
    if (entry.place != null) {
      finishOnDisk(entry.queue, entry.place);
    }
    changed();
  }

  private void finishOnDisk(StreamQueue queue, Place place) {
    place.segment().done(place);
    queue.lastDone = ++done;
  }

  // What the spool's writer does.

  /** Takes what an earlier process has left on disk, before all else; sending begins. */
  synchronized void recovered(Map<String, Deque<Place>> left) {
    left.forEach(
        (stream, places) -> {
          StreamQueue queue = queues.computeIfAbsent(stream, StreamQueue::new);
          open += places.size();
          places.descendingIterator().forEachRemaining(queue.spooled::addFirst);
        });
    ready = true;
    changed();
  }

  /** The frames in memory alone that have not arrived for so long, oldest first in each stream. */
  synchronized List<Entry> inMemory(long olderThanNanos, long nowNanos) {
    List<Entry> old = new ArrayList<>();
    for (StreamQueue queue : queues.values()) {
      queue.forEachInMemory(
          entry -> {
            if (nowNanos - entry.arrivedNanos >= olderThanNanos) {
              old.add(entry);
            }
          });
    }
    return old;
  }

  /** Whether the frame still has to be written, which begins now and ends with {@link #written}. */
  synchronized boolean beginsWriting(Entry entry) {
    entry.queue.writing = !entry.done;
    return !entry.done;
  }

  /**
   * The frame is on disk now.
   *
   * @param place null if it could not be written
   */
  synchronized void written(Entry entry, Place place) {
    StreamQueue queue = entry.queue;
    queue.writing = false;
    entry.place = place;
    if (place == null) {
      return;
    }
    if (entry.done) {
      finishOnDisk(queue, place);
    } else if (queue.arrived.peek() == entry) {
      queue.arrived.remove();
      memoryBytes -= entry.bytes;
      queue.spooled.add(place);
    }
  }

  /** Frames of a segment that goes are lost, except those on their way: they may still arrive. */
  synchronized void forget(Segment segment) {
    for (StreamQueue queue : queues.values()) {
      queue.inFlight.forEach(entry -> entry.forgotten |= entry.isIn(segment));
      int lost = queue.loseFront(entry -> entry.isIn(segment));
      while (!queue.spooled.isEmpty() && queue.spooled.element().segment() == segment) {
        queue.spooled.remove();
        lost++;
      }
      open -= lost;
      if (lost > 0) {
        losses.add(queue.stream, Loss.SPOOL_FULL, lost);
      }
    }
    changed();
  }

  /** Nothing is sent any more: what was on its way, and is not on disk any more, is lost. */
  synchronized void end() {
    for (StreamQueue queue : queues.values()) {
      int lost = queue.loseFront(entry -> entry.forgotten);
      open -= lost;
      if (lost > 0) {
        losses.add(queue.stream, Loss.SPOOL_FULL, lost);
      }
    }
  }

  /** The count to hand to {@link #noted} when it stands on disk what is done now. */
  synchronized long done() {
    noteWanted = false;
    return done;
  }

  synchronized void noted(long count) {
    noted = count;
    // Streams that have gone leave nothing behind; their sessions are over.
    queues.values().removeIf(queue -> queue.isEmpty() && !queue.writing && queue.lastDone <= noted);
    changed();
  }

  /** Whether a stream waits for {@link #noted}. */
  synchronized boolean isNoteWanted() {
    return noteWanted;
  }

  // What others ask.

  /** Frames that have not arrived. */
  public synchronized long size() {
    return open;
  }

  /** Those of one stream. */
  public synchronized int size(String stream) {
    StreamQueue queue = queues.get(stream);
    return queue == null ? 0 : queue.size();
  }

  /** Whether everything has arrived, what an earlier process has left included. */
  public synchronized boolean isEmpty() {
    return ready && open == 0;
  }

  /** Whether everything that has not arrived is on disk. */
  public synchronized boolean isInMemoryEmpty() {
    return inMemory(Long.MIN_VALUE, 0).isEmpty();
  }

  /**
   * Waits until something changes, but not for long.
   *
   * @param seen what the call before returned, 0 at first
   */
  public synchronized long awaitChange(long seen, long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = millis; changes == seen && left > 0; ) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
    return changes;
  }

  private synchronized void changed() {
    changes++;
    notifyAll();
  }
}
