package io.earshot.models.importer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads a protobuf message field by field, without its classes.
 *
 * <pre>{@code
 * ProtoReader message = new ProtoReader(bytes);
 * while (message.next()) {
 *   if (message.field() == 1) { name = message.text(); }
 * }
 * }</pre>
 *
 * <p>By hand, because Java classes of TensorFlow's messages come with TensorFlow alone, and
 * protobuf's own parser would copy every weight once more. Source: protobuf.dev,
 * programming-guides/encoding.
 */
final class ProtoReader {

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;

  private final ByteCursor cursor;
  private int field;
  private int wireType;
  private long number;
  private ByteBuffer bytes;

  ProtoReader(ByteBuffer message) {
    this.cursor = new ByteCursor(message);
  }

  /** Goes to the next field; false behind the last one. */
  boolean next() {
    if (!cursor.hasMore()) {
      return false;
    }
    long tag = cursor.varint();
    field = (int) (tag >>> 3);
    wireType = (int) tag & 7;
    switch (wireType) {
      case VARINT -> number = cursor.varint();
      case FIXED_64 -> bytes = cursor.take(Long.BYTES);
      case BYTES -> bytes = cursor.take(cursor.varint());
      case FIXED_32 -> bytes = cursor.take(Integer.BYTES);
      default -> throw new FormatException("is damaged: a field of no known kind");
    }
    return true;
  }

  /** The number of the field in its message's definition. */
  int field() {
    return field;
  }

  long number() {
    require(wireType == VARINT);
    return number;
  }

  /** A view of the field's bytes: a nested message, for one. */
  ByteBuffer bytes() {
    require(wireType == BYTES);
    return bytes;
  }

  ProtoReader message() {
    return new ProtoReader(bytes());
  }

  String text() {
    return StandardCharsets.UTF_8.decode(bytes().duplicate()).toString();
  }

  /** Values of a repeated float, little-endian: many if they are packed, else one. */
  ByteBuffer floats() {
    require(wireType == FIXED_32 || (wireType == BYTES && bytes.remaining() % Float.BYTES == 0));
    return bytes;
  }

  private void require(boolean expected) {
    if (!expected) {
      throw new FormatException("is damaged: field %d is of another kind".formatted(field));
    }
  }
}
