package io.earshot.producer.spool;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;

/**
 * A file of a {@link Folder}. No FileChannel: an interrupt of whoever reads would close that for
 * all, and what it holds would seem unreadable. Any thread; buffers have arrays.
 */
final class FolderFile implements DiskFile {
  private final RandomAccessFile file;

  FolderFile(RandomAccessFile file) {
    this.file = file;
  }

  @Override
  public synchronized long size() throws IOException {
    return file.length();
  }

  @Override
  public synchronized void write(ByteBuffer bytes, long at) throws IOException {
    file.seek(at);
    file.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    bytes.position(bytes.limit());
  }

  @Override
  public synchronized void read(ByteBuffer into, long at) throws IOException {
    file.seek(at);
    while (into.hasRemaining()) {
      int to = into.arrayOffset() + into.position();
      int count = file.read(into.array(), to, into.remaining());
      if (count < 0) {
        throw new EOFException("the file ends at " + file.getFilePointer());
      }
      into.position(into.position() + count);
    }
  }

  @Override
  public synchronized void truncate(long size) throws IOException {
    file.setLength(size);
  }

  /** Nobody who reads waits for it. */
  @Override
  public void sync() throws IOException {
    file.getFD().sync();
  }

  /**
   * Not while another thread is between a seek and its read: that could be in the next file then.
   */
  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
