package io.earshot.detector.app;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Event;
import io.earshot.detector.event.JsonSerde;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code earshot.events}, committed ones only. Belongs to one thread. */
final class EventReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventReader.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final Deserializer<Event> json = JsonSerde.of(Event.class).deserializer();

  private EventReader(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * @param fromBeginning of the topic; else what comes from now on
   */
  static EventReader open(Map<String, Object> kafka, boolean fromBeginning) {
    Consumer<byte[], byte[]> consumer = consumer(kafka);
    List<TopicPartition> partitions = partitions(consumer, Topics.EVENTS);
    consumer.assign(partitions);
    if (fromBeginning) {
      consumer.seekToBeginning(partitions);
    } else {
      consumer.seekToEnd(partitions);
      // Now, not at the first poll: what happens in between belongs to the caller.
      partitions.forEach(consumer::position);
    }
    return new EventReader(consumer);
  }

  /** A consumer of no group that reads what is committed. */
  static Consumer<byte[], byte[]> consumer(Map<String, Object> kafka) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    return new KafkaConsumer<>(config);
  }

  static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  List<Event> poll(Duration timeout) {
    List<Event> events = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
      try {
        events.add(json.deserialize(record.topic(), record.value()));
      } catch (UncheckedIOException e) {
        log.warn(
            "{}-{} offset {} is no event; passed over",
            record.topic(),
            record.partition(),
            record.offset());
      }
    }
    return events;
  }

  /** Whether everything up to {@code ends} has been polled. */
  boolean hasReached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
  }
}
