package io.earshot.producer.spool;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A frame as it stands in a segment file: the length of the body and its CRC-32C, both 32 bits;
 * then the body: number and capture time (64 bits each), encoding, end, the lengths of stream and
 * session (a byte each), stream, session, PCM. Big-endian. Pure.
 */
final class FrameRecord {
  static final int HEADER_BYTES = 8;
  private static final int FIXED_BYTES = 20;

  /** Stream and session are shorter than 256 each. */
  private static final int MAX_BODY_BYTES = FIXED_BYTES + 512 + Frame.MAX_BYTES;

  private FrameRecord() {}

  static int bytes(Frame frame) {
    return HEADER_BYTES
        + FIXED_BYTES
        + frame.stream().length()
        + frame.session().length()
        + frame.pcm().length;
  }

  static ByteBuffer write(Frame frame) {
    ByteBuffer record = ByteBuffer.allocate(bytes(frame));
    record.position(HEADER_BYTES);
    record.putLong(frame.seq()).putLong(frame.captureMillis());
    record.put(code(frame.encoding())).put((byte) (frame.end() ? 1 : 0));
    record.put((byte) frame.stream().length()).put((byte) frame.session().length());
    record.put(frame.stream().getBytes(US_ASCII)).put(frame.session().getBytes(US_ASCII));
    record.put(frame.pcm());
    record.putInt(0, record.position() - HEADER_BYTES);
    record.putInt(4, crc(record.duplicate().flip().position(HEADER_BYTES)));
    return record.flip();
  }

  /**
   * The length of the body that follows a record's first bytes.
   *
   * @throws DamagedException if no frame has that length
   */
  static int bodyBytes(ByteBuffer header) throws DamagedException {
    int bytes = header.getInt(0);
    if (bytes < FIXED_BYTES || bytes > MAX_BODY_BYTES) {
      throw new DamagedException("a record cannot have " + bytes + " bytes");
    }
    return bytes;
  }

  /**
   * @throws DamagedException if header and body do not belong together
   */
  static Frame read(ByteBuffer header, ByteBuffer body) throws DamagedException {
    if (header.getInt(4) != crc(body.duplicate())) {
      throw new DamagedException("a checksum is wrong");
    }
    long seq = body.getLong();
    long captureMillis = body.getLong();
    Encoding encoding = encoding(body.get());
    boolean end = body.get() != 0;
    int streamBytes = Byte.toUnsignedInt(body.get());
    int sessionBytes = Byte.toUnsignedInt(body.get());
    if (encoding == null || streamBytes + sessionBytes > body.remaining()) {
      throw new DamagedException("a record is none");
    }
    String stream = text(body, streamBytes);
    String session = text(body, sessionBytes);
    byte[] pcm = bytes(body, body.remaining());
    return new Frame(stream, session, seq, captureMillis, encoding, pcm, end);
  }

  private static byte code(Encoding encoding) {
    return switch (encoding) {
      case S16LE -> 1;
      case F32LE -> 2;
    };
  }

  /** Null if there is none of that code. */
  private static Encoding encoding(byte code) {
    for (Encoding encoding : Encoding.values()) {
      if (code(encoding) == code) {
        return encoding;
      }
    }
    return null;
  }

  private static String text(ByteBuffer from, int count) {
    return new String(bytes(from, count), US_ASCII);
  }

  private static byte[] bytes(ByteBuffer from, int count) {
    byte[] bytes = new byte[count];
    from.get(bytes);
    return bytes;
  }

  static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
