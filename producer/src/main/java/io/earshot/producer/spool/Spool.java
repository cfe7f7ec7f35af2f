package io.earshot.producer.spool;

import io.earshot.producer.frame.Frame;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Frames on disk: a row of {@link Segment segments}, of which the newest is written to and those
 * that are done are deleted. Belongs to the spool's writer.
 */
final class Spool implements Closeable {
  /**
   * What a {@link #scan} has found wrong.
   *
   * @param bytes that are lost; 0 if what was not read is left for another process
   */
  record Damage(String file, long bytes, String problem) {}

  /** Of so many files the oldest goes when the spool is full. */
  private static final int SEGMENTS = 16;

  private static final long USUAL_SEGMENT_BYTES = 8 << 20;

  /** Each file stays open, and who starts a producer may allow it some thousand. */
  private static final int MAX_SEGMENTS = 1024;

  private final Disk disk;
  private final long maxBytes;
  private final long segmentBytes;
  private final LongSupplier ids;
  private final TreeMap<Long, Segment> segments = new TreeMap<>();
  private final Queue<Long> unscanned = new ArrayDeque<>();
  private long nextNumber;

  /** The newest of the segments; null if the next frame begins one. */
  private Segment active;

  private boolean unsynced;

  /** Of all segments that were scanned or made. */
  private long bytes;

  /**
   * A spool on what is there already.
   *
   * @param ids draws a number for each new file
   */
  Spool(Disk disk, long maxBytes, LongSupplier ids) throws IOException {
    this.disk = disk;
    this.maxBytes = maxBytes;
    this.segmentBytes = segmentBytes(maxBytes);
    this.ids = ids;
    List<Long> numbers =
        disk.names().stream().map(Segment::number).filter(n -> n >= 0).sorted().toList();
    unscanned.addAll(numbers);
    nextNumber = numbers.isEmpty() ? 1 : numbers.get(numbers.size() - 1) + 1;
  }

  static long segmentBytes(long maxBytes) {
    return Math.max(Math.min(USUAL_SEGMENT_BYTES, maxBytes / SEGMENTS), maxBytes / MAX_SEGMENTS);
  }

  boolean isScanned() {
    return unscanned.isEmpty();
  }

  /**
   * Reads the oldest file of an earlier process that was not read yet.
   *
   * @param found takes its frames that are not done, in order
   * @return what was wrong with it, or null
   */
  Damage scan(BiConsumer<Frame, Place> found) {
    long number = unscanned.remove();
    try {
      Segment segment = Segment.open(disk, number);
      segments.put(number, segment);
      long cut = scan(segment, found);
      // Who wrote it may have been killed before it was safe from a loss of power.
      segment.sync();
      return cut == 0 ? null : new Damage(Segment.name(number), cut, "it is damaged");
    } catch (IOException e) {
      return new Damage(Segment.name(number), 0, String.valueOf(e.getMessage()));
    }
  }

  private long scan(Segment segment, BiConsumer<Frame, Place> found) throws IOException {
    try {
      return segment.scan(found);
    } finally {
      bytes += segment.size();
    }
  }

  /** Whether the oldest segment must go before the frame has room. */
  boolean isFullFor(Frame frame) {
    return !segments.isEmpty() && bytes + FrameRecord.bytes(frame) > maxBytes;
  }

  Segment oldest() {
    return segments.firstEntry().getValue();
  }

  /** Deletes the oldest segment, whatever is in it. */
  void dropOldest() throws IOException {
    Segment oldest = segments.pollFirstEntry().getValue();
    forget(oldest);
    oldest.delete(disk);
  }

  Place append(Frame frame) throws IOException {
    if (active != null && active.size() + FrameRecord.bytes(frame) > segmentBytes) {
      sync();
      active = null;
    }
    if (active == null) {
      active = Segment.create(disk, nextNumber, ids.getAsLong());
      segments.put(nextNumber, active);
      nextNumber++;
      bytes += active.size();
    }
    Place place = active.append(frame);
    bytes += place.bytes();
    unsynced = true;
    return place;
  }

  /** Returns when what was appended will survive a loss of power. */
  void sync() throws IOException {
    if (unsynced && active != null) {
      active.sync();
    }
    unsynced = false;
  }

  /**
   * Notes what is done, and deletes the files of which all is. Lets go of those of which all is
   * that could be read: the rest is the next process's.
   */
  void tidy() throws IOException {
    for (Iterator<Segment> all = segments.values().iterator(); all.hasNext(); ) {
      Segment segment = all.next();
      boolean over = segment.isDone() && (segment != active || segments.size() == 1);
      if (!over || !segment.isWhole()) {
        segment.record(disk);
      }
      if (over) {
        all.remove();
        forget(segment);
        leave(segment);
      }
    }
  }

  /** It is none of the segments any more. */
  private void forget(Segment segment) {
    active = segment == active ? null : active;
    bytes -= segment.size();
  }

  private void leave(Segment segment) throws IOException {
    if (segment.isWhole()) {
      segment.delete(disk);
    } else {
      segment.close();
    }
  }

  /** Whether there is nothing in it that was scanned or appended. */
  boolean isEmpty() {
    return segments.isEmpty();
  }

  /** Bytes of all segments that were scanned or made. */
  long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    for (Segment segment : segments.values()) {
      segment.close();
    }
    disk.close();
  }
}
