package io.earshot.models.importer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The entries of one block, front to back. A key is stored as what differs from the key before it;
 * the places where a key is stored whole, listed at the end for searching, are not needed here, nor
 * are the keys: only whether one is empty.
 *
 * <pre>{@code
 * SstableBlock entries = new SstableBlock(block);
 * while (entries.next()) {
 *   read(entries.value());
 * }
 * }</pre>
 */
final class SstableBlock {

  private final ByteCursor entries;
  private long keyBytes;
  private ByteBuffer value;

  SstableBlock(ByteBuffer block) {
    ByteBuffer bytes = block.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int countAt = bytes.limit() - Integer.BYTES;
    long restarts = countAt < 0 ? 0 : Integer.toUnsignedLong(bytes.getInt(countAt));
    long entriesEnd = countAt - restarts * Integer.BYTES;
    if (entriesEnd < 0) {
      throw new FormatException("is damaged: a block is shorter than its own table");
    }
    entries = new ByteCursor(bytes.limit((int) entriesEnd));
  }

  /** Goes to the next entry; false behind the last one. */
  boolean next() {
    if (!entries.hasMore()) {
      return false;
    }
    long shared = entries.varint();
    long own = entries.varint();
    long valueBytes = entries.varint();
    if (shared < 0 || shared > keyBytes) {
      throw new FormatException("is damaged: a key continues one that is shorter");
    }
    entries.take(own);
    keyBytes = shared + own;
    value = entries.take(valueBytes);
    return true;
  }

  boolean keyIsEmpty() {
    return keyBytes == 0;
  }

  /** The value of the entry, a view of the block. */
  ByteBuffer value() {
    return value;
  }
}
