package io.earshot.producer.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file of a {@link Disk}. One thread writes, others may read meanwhile; whoever is interrupted
 * reads and writes all the same.
 */
public interface DiskFile extends Closeable {
  long size() throws IOException;

  /** Writes all that remains in the buffer. */
  void write(ByteBuffer bytes, long at) throws IOException;

  /**
   * Fills what remains in the buffer.
   *
   * @throws java.io.EOFException if the file ends before
   */
  void read(ByteBuffer into, long at) throws IOException;

  void truncate(long size) throws IOException;

  /** Returns when what was written will survive a loss of power. */
  void sync() throws IOException;
}
