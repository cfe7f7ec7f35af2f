package io.earshot.producer.rtp;

import io.earshot.producer.clock.Moment;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Datagrams of one port to sound at its positions.
 *
 * <pre>
 * RtpReceiver receiver = new RtpReceiver(formats, 60_000_000, 1, listener);
 * receiver.datagram(bytes, Moment.now());
 * receiver.report(rtcpBytes, System.nanoTime());
 * receiver.tick(System.nanoTime()); // every 10 ms or so
 * </pre>
 *
 * <p>One source at a time is heard. Another one takes over with its second packet in a row (RFC
 * 3550, appendix A.1) if none of the first came between, and begins a session; so does one that
 * begins anew, or changes its format. Whatever else is in a datagram is refused and counted. Pure.
 * One thread.
 */
public final class RtpReceiver {
  /** Takes what was received, in the receiver's thread. */
  public interface Listener {
    /** Another sound begins, at position 0. */
    void begins(RtpFormat format);

    /**
     * Sound; where the position is beyond the end of what came before, some is missing.
     *
     * @param position of its first frame
     * @param payload whole frames
     * @param arrival when it came from the network
     */
    void sound(long position, byte[] payload, Moment arrival);

    /** By the sender's clock the frame at {@code position} is of {@code micros} since 1970. */
    void reported(long position, long micros);

    /** The source has said that it leaves. */
    void leaves();

    void refused(Refusal reason);
  }

  /** Why a datagram was not heard. */
  public enum Refusal {
    NOT_RTP,
    NOT_RTCP,
    /** Neither static nor mapped. */
    UNKNOWN_PAYLOAD,
    /** It has fewer channels than are wanted. */
    NO_SUCH_CHANNEL,
    /** Not a whole number of frames, or empty. */
    ODD_LENGTH,
    DUPLICATE,
    LATE,
    /** A jump of the sequence numbers, perhaps a stray packet. */
    OUT_OF_SEQUENCE,
    /** Somebody else sends to the same port. */
    OTHER_SOURCE
  }

  /** More packets than this never wait for a missing one. */
  private static final int MAX_WAITING = 128;

  private static final int MAX_NEWCOMERS = 16;
  private static final long NEVER = Long.MAX_VALUE;

  private final Map<Integer, RtpFormat> formats;
  private final long delayNanos;
  private final int leastChannels;
  private final Listener listener;
  private RtpSource source;

  /** The last report of a source that was not heard then: some send one ahead of their sound. */
  private RtcpPacket.SenderReport early;

  /** When the source leaves that said so. */
  private long farewell = NEVER;

  /** The last packet of each source that is not heard, since one of the source that is. */
  private final Map<Long, JitterBuffer.Held> newcomers = new LinkedHashMap<>();

  private long lostBefore;

  /**
   * A receiver that has yet to hear anything.
   *
   * @param formats by payload type
   * @param delayNanos how long packets may wait for a missing one
   * @param leastChannels sound of fewer is refused, whoever sends it
   */
  public RtpReceiver(
      Map<Integer, RtpFormat> formats, long delayNanos, int leastChannels, Listener listener) {
    this.formats = formats;
    this.delayNanos = delayNanos;
    this.leastChannels = leastChannels;
    this.listener = listener;
  }

  /** Takes a datagram of the RTP port. */
  public void datagram(ByteBuffer datagram, Moment arrival) {
    Optional<RtpPacket> parsed = RtpPacket.parse(datagram);
    if (parsed.isEmpty()) {
      listener.refused(Refusal.NOT_RTP);
      return;
    }
    RtpPacket packet = parsed.get();
    RtpFormat format = formats.get(packet.payloadType());
    if (format == null) {
      listener.refused(Refusal.UNKNOWN_PAYLOAD);
    } else if (format.channels() < leastChannels) {
      listener.refused(Refusal.NO_SUCH_CHANNEL);
    } else if (packet.payload().length == 0 || packet.payload().length % format.frameBytes() != 0) {
      listener.refused(Refusal.ODD_LENGTH);
    } else if (source != null && source.is(packet, format)) {
      refuseNewcomers();
      source.add(packet, arrival);
    } else {
      meet(packet, format, arrival);
    }
  }

  /** Takes a datagram of the RTCP port. */
  public void report(ByteBuffer datagram, long nanos) {
    Optional<List<RtcpPacket>> parsed = RtcpPacket.parse(datagram);
    if (parsed.isEmpty()) {
      listener.refused(Refusal.NOT_RTCP);
      return;
    }
    for (RtcpPacket packet : parsed.get()) {
      if (packet instanceof RtcpPacket.SenderReport report) {
        reported(report);
      } else if (packet instanceof RtcpPacket.Bye bye && isHeard(bye.source())) {
        // The last of its sound may still be on its way on the other port.
        farewell = Math.min(farewell, nanos + delayNanos);
      }
    }
  }

  private void reported(RtcpPacket.SenderReport report) {
    if (isHeard(report.source())) {
      source.reported(report);
    } else {
      early = report;
    }
  }

  /** Hands on what has waited long enough. */
  public void tick(long nanos) {
    if (source != null) {
      source.release(nanos);
    }
    if (nanos >= farewell) {
      leave();
      listener.leaves();
    }
  }

  /** Hands on all that is here; what comes next begins a session. */
  public void leave() {
    if (source != null) {
      source.flush();
      lostBefore += source.lost();
      source = null;
    }
    farewell = NEVER;
    newcomers.clear();
  }

  /** Packets that never came, or too late. */
  public long lost() {
    return lostBefore + (source == null ? 0 : source.lost());
  }

  private boolean isHeard(long ssrc) {
    return source != null && source.ssrc() == ssrc;
  }

  private void meet(RtpPacket packet, RtpFormat format, Moment arrival) {
    JitterBuffer.Held before = newcomers.remove(packet.source());
    if (before != null && !follows(before.packet(), packet)) {
      listener.refused(Refusal.OTHER_SOURCE);
      before = null;
    }
    if (before == null) {
      remember(new JitterBuffer.Held(packet, arrival));
      return;
    }
    RtpPacket first = before.packet();
    leave();
    JitterBuffer buffer = new JitterBuffer(delayNanos, MAX_WAITING);
    source = new RtpSource(first, format, buffer, listener, early);
    source.add(first, before.arrival());
    source.add(packet, arrival);
  }

  private void refuseNewcomers() {
    newcomers.values().forEach(newcomer -> listener.refused(Refusal.OTHER_SOURCE));
    newcomers.clear();
  }

  private static boolean follows(RtpPacket first, RtpPacket second) {
    return first.payloadType() == second.payloadType()
        && second.sequence() == ((first.sequence() + 1) & 0xffff);
  }

  private void remember(JitterBuffer.Held newcomer) {
    if (newcomers.size() == MAX_NEWCOMERS) {
      refuseNewcomers();
    }
    newcomers.put(newcomer.packet().source(), newcomer);
  }
}
