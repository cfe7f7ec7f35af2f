package io.earshot.producer.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Ogg pages as nobody would write them (RFC 3533, section 6), and headers of Vorbis. */
public final class OggBytes {
  private final ByteArrayOutputStream all = new ByteArrayOutputStream();
  private int pages;

  /** A page that holds one packet. */
  public OggBytes packet(byte[] packet) {
    byte[] lacing = new byte[packet.length / 255 + 1];
    Arrays.fill(lacing, (byte) 255);
    lacing[lacing.length - 1] = (byte) (packet.length % 255);
    return page(pages == 0 ? 2 : 0, lacing, packet);
  }

  /** A page of 65,025 bytes of one packet that goes on. */
  public OggBytes endless() {
    byte[] lacing = new byte[255];
    Arrays.fill(lacing, (byte) 255);
    return page(1, lacing, new byte[255 * 255]);
  }

  public byte[] bytes() {
    return all.toByteArray();
  }

  /** Of blocks of 256 and 2048 frames. */
  public static byte[] identification(int channels, int rate) {
    return header(1, 23)
        .put(11, (byte) channels)
        .putInt(12, rate)
        .put(28, (byte) 0xb8)
        .put(29, (byte) 1)
        .array();
  }

  /** Comments whose first length is that. */
  public static byte[] comments(int vendorLength) {
    return header(3, 53).putInt(7, vendorLength).array();
  }

  /** One codebook, which says that it has so many entries of 65,535 dimensions. */
  public static byte[] setup(int entries) {
    return header(5, 60)
        .put(7, (byte) 0)
        .put(8, (byte) 0x42)
        .put(9, (byte) 0x43)
        .put(10, (byte) 0x56)
        .putShort(11, (short) 0xffff)
        .putInt(13, entries)
        .array();
  }

  private static ByteBuffer header(int type, int bytes) {
    return ByteBuffer.allocate(7 + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(0, (byte) type)
        .put(1, "vorbis".getBytes(StandardCharsets.US_ASCII));
  }

  private OggBytes page(int flags, byte[] lacing, byte[] body) {
    ByteBuffer page =
        ByteBuffer.allocate(27 + lacing.length + body.length).order(ByteOrder.LITTLE_ENDIAN);
    page.put("OggS".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) flags);
    page.putLong(0).putInt(1).putInt(pages++).putInt(0);
    page.put((byte) lacing.length).put(lacing).put(body);
    page.putInt(22, checksum(page.array()));
    all.writeBytes(page.array());
    return this;
  }

  private static int checksum(byte[] bytes) {
    int sum = 0;
    for (byte one : bytes) {
      sum ^= one << 24;
      for (int bit = 0; bit < 8; bit++) {
        sum = sum << 1 ^ (sum < 0 ? 0x04c11db7 : 0);
      }
    }
    return sum;
  }
}
