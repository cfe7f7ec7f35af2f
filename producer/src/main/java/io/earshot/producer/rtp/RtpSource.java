package io.earshot.producer.rtp;

import io.earshot.producer.clock.Moment;
import io.earshot.producer.rtp.RtpReceiver.Listener;
import io.earshot.producer.rtp.RtpReceiver.Refusal;

/** The source that is heard: its numbers, its buffer, and its timestamps as positions. */
final class RtpSource {
  /** Timestamps that jump further ahead are another clock's, not a silence. */
  private static final int LONGEST_GAP_SECONDS = 60;

  private final long ssrc;
  private final RtpFormat format;
  private final JitterBuffer buffer;
  private final Listener listener;
  private final SequenceNumbers numbers;

  /** The last packet handed on; -1 before the first. */
  private long position = -1;

  private long timestamp;

  /** Came ahead of the sound; null if none did. */
  private RtcpPacket.SenderReport early;

  RtpSource(
      RtpPacket first,
      RtpFormat format,
      JitterBuffer buffer,
      Listener listener,
      RtcpPacket.SenderReport early) {
    this.ssrc = first.source();
    this.format = format;
    this.buffer = buffer;
    this.listener = listener;
    this.early = early != null && early.source() == ssrc ? early : null;
    this.numbers = new SequenceNumbers(first.sequence());
  }

  long ssrc() {
    return ssrc;
  }

  boolean is(RtpPacket packet, RtpFormat itsFormat) {
    return packet.source() == ssrc && itsFormat.equals(format);
  }

  void add(RtpPacket packet, Moment arrival) {
    long number = numbers.extend(packet.sequence());
    if (number == SequenceNumbers.BAD) {
      listener.refused(Refusal.OUT_OF_SEQUENCE);
      return;
    }
    if (numbers.restarted()) {
      buffer.restart(this::handOn);
      position = -1;
    }
    switch (buffer.add(number, packet, arrival, this::handOn)) {
      case DUPLICATE -> listener.refused(Refusal.DUPLICATE);
      case LATE -> listener.refused(Refusal.LATE);
      case TAKEN -> {}
    }
  }

  void reported(RtcpPacket.SenderReport report) {
    if (position >= 0) {
      listener.reported(position + since(report.timestamp()), report.micros());
    }
  }

  void release(long nanos) {
    buffer.release(nanos, this::handOn);
  }

  void flush() {
    buffer.flush(this::handOn);
  }

  long lost() {
    return buffer.lost();
  }

  private void handOn(JitterBuffer.Held held) {
    RtpPacket packet = held.packet();
    int ahead = since(packet.timestamp());
    boolean jumps = ahead > (long) LONGEST_GAP_SECONDS * format.rate() || ahead < -format.rate();
    if (position < 0 || jumps) {
      listener.begins(format);
      position = 0;
    } else {
      position += ahead;
    }
    timestamp = packet.timestamp();
    if (early != null) {
      reported(early);
      early = null;
    }
    listener.sound(position, packet.payload(), held.arrival());
  }

  /** Frames from the last packet's timestamp to that one, whose 32 bits may have wrapped. */
  private int since(long other) {
    return (int) (other - timestamp);
  }
}
