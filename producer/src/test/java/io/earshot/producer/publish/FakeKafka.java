package io.earshot.producer.publish;

import io.earshot.producer.frame.Frame;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Kafka as an idempotent client sees it; it moves when {@link #tick} is called. */
final class FakeKafka implements Wire.Opener {
  enum State {
    UP,
    AWAY,
    /** It writes frames down, but nobody hears of it. */
    MUTE
  }

  private static final int ROOM = 40;

  final List<Frame> log = new ArrayList<>();

  /** What clients had, and gave back. */
  final List<Frame> failed = new ArrayList<>();

  State state = State.UP;
  boolean refusesClients;

  /** The client that is open; null if there is none. */
  private FakeWire wire;

  @Override
  public Wire open() throws IOException {
    if (refusesClients) {
      throw new IOException("nobody answers");
    }
    wire = new FakeWire();
    return wire;
  }

  void tick() {
    if (wire != null && state != State.AWAY) {
      wire.deliver();
    }
  }

  /** The oldest send fails; so does all that is behind it. */
  void fail() {
    if (wire != null && !wire.pending.isEmpty()) {
      FakeWire failed = wire;
      Pending first = failed.pending.remove();
      failed.closed = true;
      first.fail("out of order");
    }
  }

  /** What the client has. */
  List<Frame> pending() {
    return wire == null ? List.of() : wire.pending.stream().map(one -> one.frame).toList();
  }

  /** The process that had the client is gone. */
  void disconnect() {
    wire = null;
  }

  private final class Pending {
    final Frame frame;
    final Wire.Receipt receipt;
    boolean written;

    Pending(Frame frame, Wire.Receipt receipt) {
      this.frame = frame;
      this.receipt = receipt;
    }

    void fail(String why) {
      failed.add(frame);
      receipt.failed(why);
    }
  }

  private final class FakeWire implements Wire {
    final Queue<Pending> pending = new ArrayDeque<>();
    boolean closed;

    @Override
    public String offer(Frame frame, Receipt receipt) {
      if (closed) {
        receipt.failed("closed");
        return null;
      }
      if (pending.size() == ROOM) {
        return "no room";
      }
      pending.add(new Pending(frame, receipt));
      return null;
    }

    void deliver() {
      for (Pending one : pending) {
        if (!one.written) {
          log.add(one.frame);
          one.written = true;
        }
      }
      while (state == State.UP && !pending.isEmpty()) {
        pending.remove().receipt.arrived();
      }
    }

    @Override
    public void close() {
      closed = true;
      while (!pending.isEmpty()) {
        pending.remove().fail("closed");
      }
      if (wire == this) {
        wire = null;
      }
    }
  }
}
