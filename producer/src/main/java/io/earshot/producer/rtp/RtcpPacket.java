package io.earshot.producer.rtp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a receiver of sound wants of RTCP: RFC 3550, section 6. The rest is passed over. */
sealed interface RtcpPacket {
  /**
   * What a sender's two clocks showed at one time.
   *
   * @param source its SSRC
   * @param micros its wall clock, microseconds since 1970
   * @param timestamp its sample clock, 32 bits without a sign
   * @param packets sent so far, 32 bits without a sign
   */
  record SenderReport(long source, long micros, long timestamp, long packets)
      implements RtcpPacket {}

  /** Somebody hears the same and says how. */
  record ReceiverReport(long source) implements RtcpPacket {}

  /** A source that leaves. */
  record Bye(long source) implements RtcpPacket {}

  int VERSION = 2;
  int SENDER_REPORT = 200;
  int RECEIVER_REPORT = 201;
  int BYE = 203;

  /** Seconds from 1900, NTP's beginning, to 1970. */
  long NTP_TO_UNIX_SECONDS = 2_208_988_800L;

  /**
   * Reads a datagram, whatever is in it.
   *
   * @param datagram its bytes from position to limit; neither changes
   * @return empty if it is no compound packet as section 6.1 wants it, all of it; the validity
   *     checks are those of appendix A.2, and reduced-size packets (RFC 5506) may begin with a BYE
   */
  static Optional<List<RtcpPacket>> parse(ByteBuffer datagram) {
    ByteBuffer bytes = datagram.slice();
    List<RtcpPacket> packets = new ArrayList<>();
    int at = 0;
    while (at < bytes.limit()) {
      if (at + 4 > bytes.limit() || (bytes.get(at) & 0xff) >> 6 != VERSION) {
        return Optional.empty();
      }
      int end = at + 4 + 4 * (bytes.getShort(at + 2) & 0xffff);
      int type = bytes.get(at + 1) & 0xff;
      if (end > bytes.limit() || (at == 0 && (type < SENDER_REPORT || type > BYE))) {
        return Optional.empty();
      }
      if (!add(type, bytes.slice(at, end - at), packets)) {
        return Optional.empty();
      }
      at = end;
    }
    return at == 0 ? Optional.empty() : Optional.of(packets);
  }

  /** Adds what one packet says; false if it is shorter than it must be. */
  private static boolean add(int type, ByteBuffer packet, List<RtcpPacket> to) {
    int count = packet.get(0) & 0x1f;
    switch (type) {
      case SENDER_REPORT -> {
        if (packet.limit() < 28 + 24 * count) {
          return false;
        }
        long micros = micros(word(packet, 8), word(packet, 12));
        to.add(new SenderReport(word(packet, 4), micros, word(packet, 16), word(packet, 20)));
      }
      case RECEIVER_REPORT -> {
        if (packet.limit() < 8 + 24 * count) {
          return false;
        }
        to.add(new ReceiverReport(word(packet, 4)));
      }
      case BYE -> {
        if (packet.limit() < 4 + 4 * count) {
          return false;
        }
        for (int i = 0; i < count; i++) {
          to.add(new Bye(word(packet, 4 + 4 * i)));
        }
      }
      default -> {
        // descriptions of sources, applications' own, and what came later
      }
    }
    return true;
  }

  private static long word(ByteBuffer packet, int at) {
    return packet.getInt(at) & 0xffff_ffffL;
  }

  /** NTP's era 0 ends in 2036: seconds without the highest bit are of era 1 (RFC 4330). */
  private static long micros(long seconds, long fraction) {
    long sinceNtp = (seconds & 0x8000_0000L) == 0 ? seconds + (1L << 32) : seconds;
    return (sinceNtp - NTP_TO_UNIX_SECONDS) * 1_000_000 + ((fraction * 1_000_000) >>> 32);
  }
}
