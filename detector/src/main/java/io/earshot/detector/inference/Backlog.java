package io.earshot.detector.inference;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Patches that wait, in the order in which they came, never more than so many. One too many, and
 * the oldest patch of the stream with the most is shed: a marker takes its place, so that order and
 * offsets stay what they were. Streams with few patches lose none while others have more.
 *
 * <p>Pure: no thread, no clock, no Kafka. It belongs to the poll thread.
 *
 * @param <T> a patch with all that belongs to it
 */
final class Backlog<T> {
  /** Of streams with equally many patches, the one whose oldest came first. */
  private static final Comparator<StreamPatches<?>> MOST_FIRST =
      Comparator.<StreamPatches<?>>comparingInt(stream -> -stream.patches.size())
          .thenComparingLong(stream -> stream.patches.peek().number);

  private static final class Entry<T> {
    private final long number;
    private final String stream;
    private T item;

    /** Whether it is a patch that waits and is not shed. */
    private boolean live;

    Entry(long number, String stream, T item) {
      this.number = number;
      this.stream = stream;
      this.item = item;
      this.live = stream != null;
    }
  }

  /** The patches of one stream that are not shed. */
  private static final class StreamPatches<T> {
    private final Deque<Entry<T>> patches = new ArrayDeque<>();
  }

  private final int most;
  private final UnaryOperator<T> marker;
  private final Deque<Entry<T>> entries = new ArrayDeque<>();
  private final Map<String, StreamPatches<T>> streams = new HashMap<>();
  private final TreeSet<StreamPatches<T>> byCount = new TreeSet<>(MOST_FIRST);
  private long next;
  private int patches;

  /**
   * @param most patches that may wait
   * @param marker what takes the place of a patch that is shed
   */
  Backlog(int most, UnaryOperator<T> marker) {
    this.most = most;
    this.marker = marker;
  }

  /** Adds a patch; sheds one, of whatever stream, if that is one too many. */
  void add(String stream, T patch) {
    Entry<T> entry = new Entry<>(next++, stream, patch);
    entries.add(entry);
    StreamPatches<T> waiting = streams.computeIfAbsent(stream, name -> new StreamPatches<>());
    byCount.remove(waiting);
    waiting.patches.add(entry);
    byCount.add(waiting);
    patches++;
    if (patches > most) {
      Entry<T> shed = byCount.first().patches.peek();
      shed.item = marker.apply(shed.item);
      forget(shed);
    }
  }

  /** Adds what is no patch and must not be lost: the end of a stream. */
  void addUnsheddable(T item) {
    entries.add(new Entry<>(next++, null, item));
  }

  /** Takes the oldest, a patch or a marker; null if there is none. */
  T poll() {
    Entry<T> entry = entries.poll();
    if (entry == null) {
      return null;
    }
    forget(entry);
    return entry.item;
  }

  /** Takes away without a trace what another worker has to do. */
  void removeIf(Predicate<T> gone) {
    for (Iterator<Entry<T>> all = entries.iterator(); all.hasNext(); ) {
      Entry<T> entry = all.next();
      if (gone.test(entry.item)) {
        all.remove();
        forget(entry);
      }
    }
  }

  /** Patches that wait and are not shed. */
  int patches() {
    return patches;
  }

  /** Patches, markers and ends. */
  int size() {
    return entries.size();
  }

  /** The patch does not wait any more. */
  private void forget(Entry<T> entry) {
    if (!entry.live) {
      return;
    }
    StreamPatches<T> waiting = streams.get(entry.stream);
    byCount.remove(waiting);
    waiting.patches.remove(entry);
    entry.live = false;
    patches--;
    if (waiting.patches.isEmpty()) {
      streams.remove(entry.stream);
    } else {
      byCount.add(waiting);
    }
  }
}
