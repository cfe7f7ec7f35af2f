package io.earshot.producer.rtp;

import io.earshot.producer.clock.Moment;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Packets of one source in the order in which they were sent, once each.
 *
 * <pre>
 * JitterBuffer buffer = new JitterBuffer(60_000_000, 64);
 * buffer.add(number, packet, Moment.now(), held -&gt; ...);
 * buffer.release(System.nanoTime(), held -&gt; ...); // now and then
 * </pre>
 *
 * <p>What comes in order goes on at once, so without loss it delays nothing. Behind a gap packets
 * wait until the missing ones come, the first has waited as long as it may, or there are too many.
 * Pure. One thread.
 */
final class JitterBuffer {
  /** A packet and when it came. */
  record Held(RtpPacket packet, Moment arrival) {}

  /** What became of a packet. */
  enum Verdict {
    TAKEN,
    DUPLICATE,
    /** The sound behind it has gone on. */
    LATE
  }

  /** For so many numbers back it is known whether they came. */
  private static final int HISTORY = 1024;

  private final long delayNanos;
  private final int maxPackets;
  private final TreeMap<Long, Held> waiting = new TreeMap<>();
  private final long[] passed = new long[HISTORY];
  private long next = -1;
  private long lost;

  JitterBuffer(long delayNanos, int maxPackets) {
    this.delayNanos = delayNanos;
    this.maxPackets = maxPackets;
  }

  /** Takes the packet of that extended number, and hands on what is in order now. */
  Verdict add(long number, RtpPacket packet, Moment arrival, Consumer<Held> out) {
    if (next >= 0 && number < next) {
      return passed[(int) (number % HISTORY)] == number ? Verdict.DUPLICATE : Verdict.LATE;
    }
    if (waiting.putIfAbsent(number, new Held(packet, arrival)) != null) {
      return Verdict.DUPLICATE;
    }
    if (next < 0) {
      next = number;
    }
    drain(out);
    release(arrival.nanos(), out);
    return Verdict.TAKEN;
  }

  /** Hands on what has waited long enough. */
  void release(long nanos, Consumer<Held> out) {
    while (!waiting.isEmpty() && (waiting.size() > maxPackets || nanos >= due())) {
      skip(out);
    }
  }

  /** Hands on all that is here. */
  void flush(Consumer<Held> out) {
    while (!waiting.isEmpty()) {
      skip(out);
    }
  }

  /** Hands on all that is here; what comes next is the first. */
  void restart(Consumer<Held> out) {
    flush(out);
    next = -1;
  }

  /** Packets that never came, or too late. */
  long lost() {
    return lost;
  }

  private long due() {
    return waiting.values().stream().mapToLong(held -> held.arrival().nanos()).min().orElseThrow()
        + delayNanos;
  }

  private void skip(Consumer<Held> out) {
    lost += waiting.firstKey() - next;
    next = waiting.firstKey();
    drain(out);
  }

  private void drain(Consumer<Held> out) {
    for (Map.Entry<Long, Held> first = waiting.firstEntry();
        first != null && first.getKey() == next;
        first = waiting.firstEntry()) {
      waiting.pollFirstEntry();
      passed[(int) (next % HISTORY)] = next;
      next++;
      out.accept(first.getValue());
    }
  }
}
