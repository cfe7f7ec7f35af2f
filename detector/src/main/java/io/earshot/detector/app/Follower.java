package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Follows events, and knows for which streams the last one has been seen. One thread. */
final class Follower implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);

  private final JsonReader<Event> events;
  private final StreamEnds ends;
  private final Map<String, Map<TopicPartition, Long>> closing = new HashMap<>();
  private final Set<String> over = new HashSet<>();

  Follower(JsonReader<Event> events, StreamEnds ends) {
    this.events = events;
    this.ends = ends;
  }

  /** The next events, none if none came within moments. */
  List<Event> poll() throws UserException {
    Set<String> ended = ends.poll();
    if (!ended.isEmpty()) {
      Map<TopicPartition, Long> last = ends.eventEnds();
      ended.forEach(stream -> closing.put(stream, last));
    }
    List<Event> next = events.poll(POLL);
    closing.entrySet().removeIf(e -> events.hasReached(e.getValue()) && over.add(e.getKey()));
    return next;
  }

  /** Whether the stream has ended and all its events have been polled. */
  boolean isOver(String stream) {
    return over.contains(stream);
  }

  @Override
  public void close() {
    events.close();
    ends.close();
  }
}
