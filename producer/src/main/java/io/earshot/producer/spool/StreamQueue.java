package io.earshot.producer.spool;

import io.earshot.producer.frame.Frame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The frames of one stream, in the order in which they were captured: those on their way to Kafka,
 * those that are next, those on disk, those in memory alone. Guarded by the {@link Backlog}.
 */
final class StreamQueue {
  final String stream;

  /** Kafka's client has them. */
  final Queue<Entry> inFlight = new ArrayDeque<>();

  /** They were taken back from the client, or are next. */
  final Deque<Entry> front = new ArrayDeque<>();

  final Deque<Place> spooled = new ArrayDeque<>();
  final Queue<Entry> arrived = new ArrayDeque<>();

  long inFlightBytes;

  /** Sound that was held up is not sent before. */
  long notBeforeNanos;

  /** Of the last frame sent; null before the first. */
  String session;

  /** The backlog's count when the last frame that was on disk was done. */
  long lastDone;

  /** Whether a frame of it is being written to disk. */
  boolean writing;

  StreamQueue(String stream) {
    this.stream = stream;
  }

  boolean hasUnsent() {
    return !front.isEmpty() || !spooled.isEmpty() || !arrived.isEmpty();
  }

  int size() {
    return inFlight.size() + front.size() + spooled.size() + arrived.size();
  }

  boolean isEmpty() {
    return inFlight.isEmpty() && !hasUnsent();
  }

  boolean hasRoomFor(Entry entry, long roomBytes) {
    return inFlight.isEmpty() || inFlightBytes + entry.bytes <= roomBytes;
  }

  /** Whether a session ends or begins with the frame. */
  boolean isBorder(Frame frame) {
    return frame.end() || (session != null && !session.equals(frame.session()));
  }

  /** Gives up those of the frames that are next; how many. */
  int loseFront(Predicate<Entry> chosen) {
    int before = front.size();
    front.stream().filter(chosen).forEach(entry -> entry.done = true);
    front.removeIf(chosen);
    return before - front.size();
  }

  /** Each frame that is in memory alone, oldest first. */
  void forEachInMemory(Consumer<Entry> action) {
    for (Queue<Entry> part : List.of(inFlight, front, arrived)) {
      for (Entry entry : part) {
        if (entry.place == null) {
          action.accept(entry);
        }
      }
    }
  }
}
