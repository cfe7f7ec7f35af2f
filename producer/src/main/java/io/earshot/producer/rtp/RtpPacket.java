package io.earshot.producer.rtp;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One packet of RFC 3550, section 5.1. Contributing sources and header extensions are passed over.
 *
 * @param marker the profile's bit: with sound, the first packet after a silence
 * @param payloadType 0 to 127
 * @param sequence 0 to 65,535
 * @param timestamp in samples a channel, 32 bits without a sign
 * @param source the synchronization source (SSRC), 32 bits without a sign
 * @param payload without padding; the packet's own
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares packets
record RtpPacket(
    boolean marker, int payloadType, int sequence, long timestamp, long source, byte[] payload) {
  static final int HEADER_BYTES = 12;
  private static final int VERSION = 2;

  /**
   * Reads a datagram, whatever is in it.
   *
   * @param datagram its bytes from position to limit; neither changes
   * @return empty if it is no packet
   */
  static Optional<RtpPacket> parse(ByteBuffer datagram) {
    ByteBuffer bytes = datagram.slice();
    int length = bytes.limit();
    if (length < HEADER_BYTES || (bytes.get(0) & 0xff) >> 6 != VERSION) {
      return Optional.empty();
    }
    int from = HEADER_BYTES + 4 * (bytes.get(0) & 0x0f);
    if ((bytes.get(0) & 0x10) != 0) {
      if (from + 4 > length) {
        return Optional.empty();
      }
      from += 4 + 4 * (bytes.getShort(from + 2) & 0xffff);
    }
    boolean padded = (bytes.get(0) & 0x20) != 0;
    int padding = padded ? bytes.get(length - 1) & 0xff : 0;
    if (from + padding > length || (padded && padding == 0)) {
      return Optional.empty();
    }
    byte[] payload = new byte[length - from - padding];
    bytes.get(from, payload);
    return Optional.of(
        new RtpPacket(
            (bytes.get(1) & 0x80) != 0,
            bytes.get(1) & 0x7f,
            bytes.getShort(2) & 0xffff,
            bytes.getInt(4) & 0xffff_ffffL,
            bytes.getInt(8) & 0xffff_ffffL,
            payload));
  }
}
