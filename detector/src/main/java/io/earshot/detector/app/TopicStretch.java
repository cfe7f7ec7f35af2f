package io.earshot.detector.app;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of a topic from one time to another, by their timestamps, in the order of each
 * partition. Belongs to one thread.
 *
 * <p>Where streams share a partition, one may be far ahead of the others (a file that was sent
 * fast), or come after them (a producer that was cut off). So a partition is read on beyond its
 * first record of a later time, until so many of another time have come in a row.
 */
final class TopicStretch {
  private static final Duration POLL = Duration.ofMillis(200);

  /** A producer waits for Kafka for up to an hour, and sends then what it has. */
  private static final Duration LATE = Duration.ofHours(1);

  private static final int STRANGERS = 20_000;

  private final Consumer<byte[], byte[]> consumer;
  private final long from;
  private final long to;
  private final Map<TopicPartition, Long> ends;
  private final Map<TopicPartition, Long> later;
  private final Map<TopicPartition, Integer> strangers = new HashMap<>();

  TopicStretch(Consumer<byte[], byte[]> consumer, String topic, ReplayRange range) {
    this.consumer = consumer;
    this.from = range.from().toEpochMilli();
    this.to = range.to().toEpochMilli();
    List<TopicPartition> partitions = JsonReader.partitions(consumer, topic);
    // Asked of partitions that are not its own, a consumer warns of each.
    consumer.assign(partitions);
    this.ends = consumer.endOffsets(partitions);
    this.later = offsets(range.to().plus(LATE));
    offsets(range.from()).forEach(consumer::seek);
  }

  /**
   * Hands out the records of the range that are there now.
   *
   * @param stop asked now and then; true ends it
   */
  static void read(
      Map<String, Object> kafka,
      String topic,
      ReplayRange range,
      BooleanSupplier stop,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
    try (Consumer<byte[], byte[]> consumer = JsonReader.consumer(kafka)) {
      new TopicStretch(consumer, topic, range).read(stop, action);
    }
  }

  /** Where each partition's first record of that time or a later one is; its end if none is. */
  private Map<TopicPartition, Long> offsets(Instant time) {
    Map<TopicPartition, Long> times = new HashMap<>();
    ends.keySet().forEach(partition -> times.put(partition, Math.max(0, time.toEpochMilli())));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    Map<TopicPartition, Long> offsets = new HashMap<>(ends);
    offsets.replaceAll(
        (partition, end) ->
            found.get(partition) == null ? end : Math.min(end, found.get(partition).offset()));
    return offsets;
  }

  void read(
      BooleanSupplier stop, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
    while (!stop.getAsBoolean() && !pauseThoseAtTheirEnd()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        boolean wanted = record.timestamp() >= from && record.timestamp() < to;
        strangers.merge(partition, 1, (count, one) -> wanted ? 0 : count + one);
        if (wanted && record.offset() < ends.get(partition)) {
          action.accept(record);
        }
      }
    }
  }

  /** Whether that is all. */
  private boolean pauseThoseAtTheirEnd() {
    List<TopicPartition> over = ends.keySet().stream().filter(this::isOver).toList();
    consumer.pause(over);
    return over.size() == ends.size();
  }

  private boolean isOver(TopicPartition partition) {
    long position = consumer.position(partition);
    return position >= ends.get(partition)
        || (position >= later.get(partition) && strangers.getOrDefault(partition, 0) >= STRANGERS);
  }
}
