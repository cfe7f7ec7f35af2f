package io.earshot.detector.app;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Reads {@code earshot.events}, committed ones only. Belongs to one thread. */
final class EventReader implements AutoCloseable {
  private final JsonReader<Event> events;

  private EventReader(JsonReader<Event> events) {
    this.events = events;
  }

  /**
   * @param fromBeginning of the topic; else what comes from now on
   */
  static EventReader open(Map<String, Object> kafka, boolean fromBeginning) {
    return new EventReader(JsonReader.open(kafka, Topics.EVENTS, Event.class, fromBeginning));
  }

  /** A consumer of no group that reads what is committed. */
  static Consumer<byte[], byte[]> consumer(Map<String, Object> kafka) {
    return JsonReader.consumer(kafka);
  }

  static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
    return JsonReader.partitions(consumer, topic);
  }

  List<Event> poll(Duration timeout) {
    return events.poll(timeout);
  }

  /** Whether everything up to {@code ends} has been polled. */
  boolean hasReached(Map<TopicPartition, Long> ends) {
    return events.hasReached(ends);
  }

  @Override
  public void close() {
    events.close();
  }
}
