package io.earshot.detector.app;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;

/** A subscriber that stays connected all the time, and notes when each event came. */
final class EventWatch implements AutoCloseable {
  private record Opened(String stream, long onsetMillis, long nanos) {}

  private final JsonReader<Event> reader;
  private final List<Opened> opened = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::run, "event-watch");
  private volatile boolean closed;

  private EventWatch(JsonReader<Event> reader) {
    this.reader = reader;
  }

  static EventWatch open(Map<String, Object> kafka) {
    EventWatch watch = new EventWatch(JsonReader.open(kafka, Topics.EVENTS, Event.class, true));
    watch.thread.start();
    return watch;
  }

  /**
   * How long after {@code nanos} each stream had an event again of sound from {@code soundMillis}
   * on, the slowest; empty if one has none yet.
   */
  OptionalDouble seconds(long nanos, long soundMillis) {
    Map<String, Long> first = new HashMap<>();
    for (Opened event : opened) {
      if (event.onsetMillis >= soundMillis) {
        first.merge(event.stream, event.nanos, Math::min);
      }
    }
    return first.size() < KillCluster.STREAMS
        ? OptionalDouble.empty()
        : first.values().stream().mapToDouble(at -> (at - nanos) / 1e9).max();
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (reader) {
      while (!closed) {
        for (Event event : reader.poll(Duration.ofMillis(50))) {
          if (event.state() == Event.State.OPEN) {
            long onset = Instant.parse(event.onset()).toEpochMilli();
            opened.add(new Opened(event.stream(), onset, System.nanoTime()));
          }
        }
      }
    }
  }
}
