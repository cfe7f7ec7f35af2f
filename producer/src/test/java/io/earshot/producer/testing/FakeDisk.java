package io.earshot.producer.testing;

import io.earshot.producer.spool.Disk;
import io.earshot.producer.spool.DiskFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A folder in memory that keeps what the system would keep when a process or the power goes. */
public final class FakeDisk implements Disk {
  private final Map<String, Content> files = new HashMap<>();
  private boolean failing;
  private long unreadableFrom = Long.MAX_VALUE;

  private static final class Content {
    byte[] bytes = {};
    byte[] durable = {};
  }

  /** From now on, or no more, nothing can be written. */
  public void setFailing(boolean failing) {
    this.failing = failing;
  }

  /** From now on nothing of a segment can be read at that place, or behind it. */
  public void setUnreadableFrom(long place) {
    unreadableFrom = place;
  }

  /** Of what was not synced some first part stays, whose last bytes may be anything. */
  public void losePower(Random random) {
    for (Content file : files.values()) {
      int durable = Math.min(file.durable.length, file.bytes.length);
      int kept = durable + random.nextInt(file.bytes.length - durable + 1);
      byte[] left = Arrays.copyOf(file.durable, kept);
      System.arraycopy(file.bytes, durable, left, durable, kept - durable);
      for (int at = Math.max(durable, kept - 3); at < kept; at++) {
        left[at] = (byte) random.nextInt();
      }
      file.bytes = left;
      file.durable = left.clone();
    }
  }

  /** Changes a byte of a segment behind its header; whether there was one. */
  public boolean damage(Random random) {
    List<String> names =
        files.keySet().stream()
            .filter(name -> name.endsWith(".frames") && files.get(name).bytes.length > 16)
            .sorted()
            .toList();
    if (names.isEmpty()) {
      return false;
    }
    byte[] bytes = files.get(names.get(random.nextInt(names.size()))).bytes;
    bytes[16 + random.nextInt(bytes.length - 16)] ^= (byte) (1 << random.nextInt(8));
    return true;
  }

  /** The bytes of a file, to be changed; null if there is none. */
  public byte[] bytes(String name) {
    return files.containsKey(name) ? files.get(name).bytes : null;
  }

  public void put(String name, byte[] bytes) {
    Content content = new Content();
    content.bytes = bytes;
    content.durable = bytes.clone();
    files.put(name, content);
  }

  @Override
  public List<String> names() {
    return List.copyOf(files.keySet());
  }

  @Override
  public DiskFile open(String name) throws IOException {
    if (!files.containsKey(name)) {
      check();
    }
    return new OpenFile(files.computeIfAbsent(name, n -> new Content()));
  }

  @Override
  public ByteBuffer read(String name) {
    return files.containsKey(name) ? ByteBuffer.wrap(files.get(name).bytes.clone()) : null;
  }

  @Override
  public void replace(String name, ByteBuffer content) throws IOException {
    check();
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    put(name, bytes);
  }

  @Override
  public void delete(String name) {
    files.remove(name);
  }

  @Override
  public void close() {}

  private void check() throws IOException {
    if (failing) {
      throw new IOException("No space left on device");
    }
  }

  private final class OpenFile implements DiskFile {
    private final Content content;

    OpenFile(Content content) {
      this.content = content;
    }

    @Override
    public long size() {
      return content.bytes.length;
    }

    /** A disk that is full takes the first bytes. */
    @Override
    public void write(ByteBuffer bytes, long at) throws IOException {
      int count = failing ? Math.min(5, bytes.remaining()) : bytes.remaining();
      int end = (int) at + count;
      if (end > content.bytes.length) {
        content.bytes = Arrays.copyOf(content.bytes, end);
      }
      bytes.get(content.bytes, (int) at, count);
      check();
    }

    @Override
    public void read(ByteBuffer into, long at) throws IOException {
      if (at + into.remaining() > unreadableFrom) {
        throw new IOException("Input/output error");
      }
      if (at + into.remaining() > content.bytes.length) {
        throw new EOFException();
      }
      into.put(content.bytes, (int) at, into.remaining());
    }

    @Override
    public void truncate(long size) {
      content.bytes = Arrays.copyOf(content.bytes, (int) size);
    }

    @Override
    public void sync() throws IOException {
      check();
      content.durable = content.bytes.clone();
    }

    @Override
    public void close() {}
  }
}
