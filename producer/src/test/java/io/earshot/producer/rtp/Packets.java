package io.earshot.producer.rtp;

import java.nio.ByteBuffer;

/** Writes packets as RFC 3550 draws them. */
final class Packets {
  private Packets() {}

  static ByteBuffer rtp(int type, int sequence, long timestamp, long source, byte... payload) {
    ByteBuffer bytes = ByteBuffer.allocate(12 + payload.length);
    bytes.put((byte) 0x80).put((byte) type).putShort((short) sequence);
    return bytes.putInt((int) timestamp).putInt((int) source).put(payload).flip();
  }

  static ByteBuffer senderReport(
      long source, long ntpSeconds, long ntpFraction, long timestamp, int reports) {
    ByteBuffer bytes = ByteBuffer.allocate(28 + 24 * reports);
    bytes.put((byte) (0x80 | reports)).put((byte) 200).putShort((short) (6 + 6 * reports));
    bytes.putInt((int) source).putInt((int) ntpSeconds).putInt((int) ntpFraction);
    return bytes.putInt((int) timestamp).putInt(7).putInt(1120).rewind();
  }

  static ByteBuffer bye(long... sources) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sources.length);
    bytes.put((byte) (0x80 | sources.length)).put((byte) 203).putShort((short) sources.length);
    for (long source : sources) {
      bytes.putInt((int) source);
    }
    return bytes.flip();
  }

  static ByteBuffer join(ByteBuffer... parts) {
    ByteBuffer all = ByteBuffer.allocate(1000);
    for (ByteBuffer part : parts) {
      all.put(part.duplicate());
    }
    return all.flip();
  }
}
