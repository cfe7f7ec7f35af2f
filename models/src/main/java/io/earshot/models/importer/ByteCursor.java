package io.earshot.models.importer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads bytes from front to back; every length that the bytes claim is held against what is left of
 * them. Nothing is copied.
 */
final class ByteCursor {

  private static final int VARINT_BITS = 64;

  private final ByteBuffer bytes;

  ByteCursor(ByteBuffer bytes) {
    this.bytes = bytes.slice();
  }

  boolean hasMore() {
    return bytes.hasRemaining();
  }

  /**
   * The next bytes, little-endian.
   *
   * @throws FormatException there are not so many, or fewer than none
   */
  ByteBuffer take(long length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new FormatException(
          "is damaged: %s bytes where %d are left"
              .formatted(Long.toUnsignedString(length), bytes.remaining()));
    }
    ByteBuffer taken = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + (int) length);
    return taken;
  }

  /** A number in the variable length of protobuf and LevelDB: seven bits a byte, lowest first. */
  long varint() {
    long value = 0;
    for (int shift = 0; shift < VARINT_BITS && hasMore(); shift += 7) {
      byte next = bytes.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new FormatException("is damaged: a number without an end");
  }
}
