package io.earshot.producer.spool;

import io.earshot.producer.frame.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of the spool: four letters, a version, an id drawn for it, then {@link FrameRecord
 * frames}. A small file beside it says which of them Kafka has.
 *
 * <p>The spool's writer appends, records and deletes; any thread reads and reports frames done.
 */
final class Segment {
  private static final int MAGIC = 0x4553504c; // ESPL
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 16;
  private static final Pattern NAME = Pattern.compile("([0-9]{12})\\.frames");

  private final long number;
  private final DiskFile file;
  private final long id;
  private final BitSet done = new BitSet();
  private long size = HEADER_BYTES;
  private int count;
  private boolean unrecorded;

  /** Whether nothing is in the file that was not read. */
  private boolean whole;

  private Segment(long number, DiskFile file, long id) {
    this.number = number;
    this.file = file;
    this.id = id;
  }

  /** The number in a file's name; -1 if it is no segment's. */
  static long number(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }

  static Segment create(Disk disk, long number, long id) throws IOException {
    DiskFile file = disk.open(name(number));
    try {
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
      file.write(header.putInt(MAGIC).putInt(VERSION).putLong(id).flip(), 0);
      Segment segment = new Segment(number, file, id);
      segment.whole = true;
      return segment;
    } catch (IOException e) {
      file.close();
      disk.delete(name(number));
      throw e;
    }
  }

  /**
   * Opens what an earlier process has left; {@link #scan} then finds its frames.
   *
   * @throws DamagedException if it does not begin as a segment of this version does
   */
  static Segment open(Disk disk, long number) throws IOException {
    DiskFile file = disk.open(name(number));
    try {
      Segment segment = new Segment(number, file, id(file));
      segment.readDone(disk.read(doneName(number)));
      return segment;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static long id(DiskFile file) throws IOException {
    if (file.size() < HEADER_BYTES) {
      // The process ended while it made the file: there is nothing in it.
      return 0;
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    file.read(header, 0);
    if (header.getInt(0) != MAGIC || header.getInt(4) != VERSION) {
      throw new DamagedException("it is not of version " + VERSION + " of the spool");
    }
    return header.getLong(8);
  }

  /**
   * Reads all that is whole and not done, in its order; cuts off what is not whole.
   *
   * @return bytes cut off
   * @throws IOException if it cannot be read to its end: what is not read, and whether that is
   *     done, stays as it is
   */
  long scan(BiConsumer<Frame, Place> found) throws IOException {
    long end = file.size();
    long cut = 0;
    while (size < end && cut == 0) {
      try {
        Frame frame = read(size, end);
        Place place = next(FrameRecord.bytes(frame));
        if (!done.get(place.ordinal())) {
          found.accept(frame, place);
        }
      } catch (DamagedException e) {
        cut = end - size;
        file.truncate(size);
      }
    }
    wasRead();
    return cut;
  }

  /** What was cut off may have been done. */
  private synchronized void wasRead() {
    done.clear(count, Math.max(count, done.length()));
    whole = true;
  }

  Place append(Frame frame) throws IOException {
    file.write(FrameRecord.write(frame), size);
    return next(FrameRecord.bytes(frame));
  }

  private synchronized Place next(int bytes) {
    Place place = new Place(this, count, size, bytes);
    count++;
    size += bytes;
    return place;
  }

  /**
   * @throws DamagedException if it is not there as it was written
   */
  Frame read(Place place) throws IOException {
    return read(place.offset(), place.offset() + place.bytes());
  }

  private Frame read(long at, long end) throws IOException {
    if (end - at < FrameRecord.HEADER_BYTES) {
      throw new DamagedException("a record is cut off");
    }
    ByteBuffer header = ByteBuffer.allocate(FrameRecord.HEADER_BYTES);
    file.read(header, at);
    int bytes = FrameRecord.bodyBytes(header);
    if (end - at - FrameRecord.HEADER_BYTES < bytes) {
      throw new DamagedException("a record is cut off");
    }
    ByteBuffer body = ByteBuffer.allocate(bytes);
    file.read(body, at + FrameRecord.HEADER_BYTES);
    return FrameRecord.read(header, body.flip());
  }

  /** Kafka has the frame, or nobody will ever send it. */
  synchronized void done(Place place) {
    if (!done.get(place.ordinal())) {
      done.set(place.ordinal());
      unrecorded = true;
    }
  }

  /** Whether all is done that was read or appended. */
  synchronized boolean isDone() {
    return done.nextClearBit(0) >= count;
  }

  /** Whether there is nothing in the file but that. */
  synchronized boolean isWhole() {
    return whole;
  }

  synchronized long size() {
    return size;
  }

  void sync() throws IOException {
    file.sync();
  }

  /** Notes on disk which frames are done, if that has changed. */
  void record(Disk disk) throws IOException {
    ByteBuffer note = noteOfDone();
    if (note != null) {
      disk.replace(doneName(number), note);
    }
  }

  /** The id, which frames are done, and a CRC-32C of both; null if nothing has changed. */
  private synchronized ByteBuffer noteOfDone() {
    if (!unrecorded) {
      return null;
    }
    unrecorded = false;
    byte[] bits = done.toByteArray();
    ByteBuffer note = ByteBuffer.allocate(8 + bits.length + 4).putLong(id).put(bits);
    return note.putInt(FrameRecord.crc(note.duplicate().flip())).flip();
  }

  /** A note that is missing, damaged or of another file says that nothing is done. */
  private void readDone(ByteBuffer note) {
    if (note == null || note.remaining() < 12) {
      return;
    }
    ByteBuffer noted = note.duplicate().limit(note.limit() - 4);
    boolean whole = note.getInt(note.limit() - 4) == FrameRecord.crc(noted.duplicate());
    if (whole && noted.getLong() == id) {
      done.or(BitSet.valueOf(noted));
    }
  }

  void close() throws IOException {
    file.close();
  }

  void delete(Disk disk) throws IOException {
    file.close();
    delete(disk, number);
  }

  static void delete(Disk disk, long number) throws IOException {
    disk.delete(name(number));
    disk.delete(doneName(number));
  }

  static String name(long number) {
    return String.format(Locale.ROOT, "%012d.frames", number);
  }

  private static String doneName(long number) {
    return String.format(Locale.ROOT, "%012d.done", number);
  }
}
