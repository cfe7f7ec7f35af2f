package io.earshot.producer.metrics;

import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The series of each stream, never of more than so many: streams beyond that share those of {@code
 * other}.
 *
 * <pre>{@code
 * StreamTable<Counter.Child> frames =
 *     new StreamTable<>(200, Duration.ofMinutes(6), family::labels, stream -> ...);
 * frames.get("door", nowMillis).inc();
 * }</pre>
 *
 * <p>A stream has its series until it has not been heard for some time, so that what was last
 * counted is still read. One that has ended makes room sooner, for a stream that needs it. Any
 * number of threads; a call for a stream that has its series allocates nothing.
 *
 * @param <S> what is counted of a stream
 */
public final class StreamTable<S> {
  /** The name that streams beyond the bound share. No stream loses its own by it. */
  public static final String OTHER = "other";

  private static final long SWEEP_MILLIS = 10_000;

  private static final class Entry<S> {
    private final S series;
    private volatile long heardMillis;
    private volatile boolean ended;

    Entry(S series) {
      this.series = series;
    }
  }

  private final int most;
  private final long keptMillis;
  private final Function<String, S> open;
  private final Consumer<S> close;
  private final Map<String, Entry<S>> entries = new ConcurrentHashMap<>();
  private final S other;
  private volatile boolean ends;
  private volatile long sweptMillis;

  /**
   * A table with nothing but {@code other}.
   *
   * @param most streams that have series of their own
   * @param kept how long a stream has them after it was last heard
   * @param open makes the series of a stream
   * @param close takes them away
   */
  public StreamTable(int most, Duration kept, Function<String, S> open, Consumer<S> close) {
    this.most = most;
    this.keptMillis = kept.toMillis();
    this.open = open;
    this.close = close;
    this.other = open.apply(OTHER);
  }

  /**
   * The series of a stream that is heard now, perhaps those of {@code other}.
   *
   * @param nowMillis of a clock that nobody sets
   */
  public S get(String stream, long nowMillis) {
    Entry<S> entry = entries.get(stream);
    if (entry == null) {
      return isFull(nowMillis) ? other : add(stream, nowMillis);
    }
    entry.heardMillis = nowMillis;
    return entry.series;
  }

  /**
   * As {@link #get}, of a stream that goes on or has come back: its end, if it had one, is none.
   */
  public S resume(String stream, long nowMillis) {
    Entry<S> entry = entries.get(stream);
    if (entry != null) {
      entry.ended = false;
    }
    return get(stream, nowMillis);
  }

  /** The series that a stream has of its own, which is not heard by that. */
  public Optional<S> find(String stream) {
    return Optional.ofNullable(entries.get(stream)).map(entry -> entry.series);
  }

  /** The stream has ended; its series stay while there is room. */
  public void end(String stream) {
    Entry<S> entry = entries.get(stream);
    if (entry != null) {
      entry.ended = true;
      ends = true;
    }
  }

  /** Hands out the series of each stream that has its own. */
  public void forEach(Consumer<S> action) {
    entries.values().forEach(entry -> action.accept(entry.series));
  }

  /**
   * Takes away what has not been heard for long. A thread that was given series just before may
   * still count into them.
   */
  public synchronized void sweep(long nowMillis) {
    sweptMillis = nowMillis;
    for (Iterator<Entry<S>> all = entries.values().iterator(); all.hasNext(); ) {
      Entry<S> entry = all.next();
      if (nowMillis - entry.heardMillis >= keptMillis) {
        all.remove();
        close.accept(entry.series);
      }
    }
  }

  /** Of ten thousand streams most come here with every frame. */
  private boolean isFull(long nowMillis) {
    return entries.size() >= most && !ends && nowMillis - sweptMillis < SWEEP_MILLIS;
  }

  private synchronized S add(String stream, long nowMillis) {
    if (entries.size() >= most) {
      sweep(nowMillis);
    }
    if (entries.size() >= most) {
      removeEnded();
    }
    if (entries.size() >= most || stream.equals(OTHER)) {
      return other;
    }
    Entry<S> entry = entries.computeIfAbsent(stream, name -> new Entry<>(open.apply(name)));
    entry.heardMillis = nowMillis;
    return entry.series;
  }

  /** The one that has been over for longest makes room. */
  private void removeEnded() {
    Map.Entry<String, Entry<S>> oldest = null;
    for (Map.Entry<String, Entry<S>> next : entries.entrySet()) {
      boolean older = oldest == null || next.getValue().heardMillis < oldest.getValue().heardMillis;
      if (next.getValue().ended && older) {
        oldest = next;
      }
    }
    if (oldest == null) {
      ends = false;
    } else {
      entries.remove(oldest.getKey());
      close.accept(oldest.getValue().series);
    }
  }
}
