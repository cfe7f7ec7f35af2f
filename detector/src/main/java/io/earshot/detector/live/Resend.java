package io.earshot.detector.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last records of {@code earshot.events}, to send them to those who were away. How far a viewer
 * has been told is a {@link Positions}, which another process, or this one when it has started
 * again, understands as well. Not thread-safe.
 */
final class Resend {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sent(int partition, long offset, byte[] json) {}

  /** A viewer's queue must take them all. */
  static final int MOST_BYTES = 4 << 20;

  private final int most;
  private final Deque<Sent> sent = new ArrayDeque<>();
  private final Map<Integer, Long> wholeFrom = new HashMap<>();
  private int bytes;
  private Positions now = Positions.NONE;

  Resend(int most) {
    this.most = most;
  }

  /** Reading of a partition begins here. */
  void begin(int partition, long offset) {
    wholeFrom.putIfAbsent(partition, offset);
    now = now.with(partition, offset);
  }

  /** Takes the next record. */
  void add(int partition, long offset, byte[] json) {
    now = now.with(partition, offset + 1);
    sent.addLast(new Sent(partition, offset, json));
    bytes += json.length;
    while (sent.size() > most || bytes > MOST_BYTES) {
      Sent first = sent.removeFirst();
      bytes -= first.json.length;
      wholeFrom.put(first.partition, first.offset + 1);
    }
  }

  /** What that record is told as before the next one is taken. */
  Message message(byte[] json) {
    return Message.published("event", now.toString(), json);
  }

  /** A record that is no event was passed. */
  void pass(int partition, long offset) {
    now = now.with(partition, offset + 1);
  }

  Message mark() {
    return Message.mark(now.toString());
  }

  /** What came after those positions; it begins with {@code lost} if that is not all. */
  List<Message> since(Positions told) {
    List<Message> messages = new ArrayList<>();
    if (!isWhole(told)) {
      messages.add(Message.sure("lost", Map.of()));
    }
    Positions at = told;
    for (Sent one : sent) {
      if (one.offset >= told.get(one.partition, 0)) {
        at = at.with(one.partition, one.offset + 1);
        messages.add(Message.published("event", at.toString(), one.json));
      }
    }
    messages.add(mark());
    return messages;
  }

  /** Neither too long ago, nor of a topic that was made anew since. */
  private boolean isWhole(Positions told) {
    return wholeFrom.entrySet().stream()
        .allMatch(
            from -> {
              long offset = told.get(from.getKey(), 0);
              return offset >= from.getValue() && offset <= now.get(from.getKey(), 0);
            });
  }
}
