package io.earshot.models.importer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes LevelDB's table format with checksums that are right, whatever else is wrong: blocks with
 * prefix-compressed keys and a restart every 16 entries, as TensorFlow writes them.
 */
final class SstableWriter implements AutoCloseable {

  private static final int RESTART_INTERVAL = 16;
  private static final int BLOCK_BYTES = 262_144;

  private final OutputStream out;
  private final List<Entry> block = new ArrayList<>();
  private final List<Entry> index = new ArrayList<>();
  private long written;
  private long blockBytes;

  record Entry(byte[] key, ByteBuffer value) {}

  SstableWriter(Path file) throws IOException {
    this.out = Files.newOutputStream(file);
  }

  /** Adds an entry; keys must come in order. */
  SstableWriter add(byte[] key, ByteBuffer value) throws IOException {
    block.add(new Entry(key, value));
    blockBytes += key.length + value.remaining();
    if (blockBytes >= BLOCK_BYTES) {
      flush();
    }
    return this;
  }

  /** Adds a block of bytes as they are. */
  SstableWriter block(int kind, ByteBuffer... parts) throws IOException {
    index(new byte[] {(byte) index.size()}, write(kind, parts));
    return this;
  }

  /** Adds an entry to the index, whatever it points to. */
  SstableWriter index(byte[] key, ByteBuffer handle) {
    index.add(new Entry(key, handle));
    return this;
  }

  private void flush() throws IOException {
    if (!block.isEmpty()) {
      byte[] lastKey = block.get(block.size() - 1).key();
      index(lastKey, write(0, encode(block)));
      block.clear();
      blockBytes = 0;
    }
  }

  private ByteBuffer write(int kind, ByteBuffer... parts) throws IOException {
    long from = written;
    CRC32C crc = new CRC32C();
    for (ByteBuffer part : parts) {
      crc.update(part.duplicate());
      out.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
      written += part.remaining();
    }
    ByteBuffer handle = handle(from, written - from);
    crc.update(kind);
    int value = (int) crc.getValue();
    ByteBuffer trailer = ByteBuffer.allocate(5).order(ByteOrder.LITTLE_ENDIAN).put((byte) kind);
    out.write(trailer.putInt((value >>> 15 | value << 17) + 0xa282ead8).array());
    written += 5;
    return handle;
  }

  /** The parts of a block: values stay where they are. */
  static ByteBuffer[] encode(List<Entry> entries) {
    List<ByteBuffer> parts = new ArrayList<>();
    List<Integer> restarts = new ArrayList<>();
    int at = 0;
    byte[] before = {};
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      int shared = 0;
      if (i % RESTART_INTERVAL == 0) {
        restarts.add(at);
      } else {
        while (shared < Math.min(before.length, entry.key().length)
            && before[shared] == entry.key()[shared]) {
          shared++;
        }
      }
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      varint(head, shared);
      varint(head, entry.key().length - shared);
      varint(head, entry.value().remaining());
      head.write(entry.key(), shared, entry.key().length - shared);
      parts.add(ByteBuffer.wrap(head.toByteArray()));
      parts.add(entry.value());
      at += head.size() + entry.value().remaining();
      before = entry.key();
    }
    ByteBuffer end = ByteBuffer.allocate(4 * restarts.size() + 4).order(ByteOrder.LITTLE_ENDIAN);
    restarts.forEach(end::putInt);
    parts.add(end.putInt(restarts.size()).flip());
    return parts.toArray(ByteBuffer[]::new);
  }

  static ByteBuffer handle(long offset, long bytes) {
    ByteArrayOutputStream handle = new ByteArrayOutputStream();
    varint(handle, offset);
    varint(handle, bytes);
    return ByteBuffer.wrap(handle.toByteArray());
  }

  static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      out.write((int) (rest & 0x7f | 0x80));
    }
    out.write((int) rest);
  }

  /** Writes what is left, the index and the footer. */
  @Override
  public void close() throws IOException {
    try (out) {
      flush();
      ByteBuffer metaindex = write(0, encode(List.of()));
      ByteBuffer indexHandle = write(0, encode(index));
      ByteBuffer footer = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
      footer.put(metaindex).put(indexHandle).position(40);
      out.write(footer.putLong(0xdb4775248b80fb57L).array());
    }
  }
}
