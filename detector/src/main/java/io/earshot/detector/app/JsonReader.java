package io.earshot.detector.app;

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

/** Reads a topic of JSON, committed records only. Belongs to one thread. */
final class JsonReader<T> implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final JsonRecords<T> records;

  private JsonReader(Consumer<byte[], byte[]> consumer, Class<T> type) {
    this.consumer = consumer;
    this.records = new JsonRecords<>(type);
  }

  /**
   * @param fromBeginning of the topic; else what comes from now on
   */
  static <T> JsonReader<T> open(
      Map<String, Object> kafka, String topic, Class<T> type, boolean fromBeginning) {
    Consumer<byte[], byte[]> consumer = consumer(kafka);
    List<TopicPartition> partitions = partitions(consumer, topic);
    consumer.assign(partitions);
    if (fromBeginning) {
      consumer.seekToBeginning(partitions);
    } else {
      consumer.seekToEnd(partitions);
      // Now, not at the first poll: what happens in between belongs to the caller.
      partitions.forEach(consumer::position);
    }
    return new JsonReader<>(consumer, type);
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

  List<T> poll(Duration timeout) {
    List<T> values = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
      records.read(record).ifPresent(values::add);
    }
    return values;
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
