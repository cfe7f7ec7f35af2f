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
 * partition. Where a partition's timestamps go back, a few from before or after are among them.
 */
final class TopicStretch {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> begins;
  private final Map<TopicPartition, Long> ends;

  private TopicStretch(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> begins,
      Map<TopicPartition, Long> ends) {
    this.consumer = consumer;
    this.begins = begins;
    this.ends = ends;
  }

  /**
   * Hands out the records that are there now.
   *
   * @param to null for all up to the topic's end
   * @param stop asked now and then; true ends it
   */
  static void read(
      Map<String, Object> kafka,
      String topic,
      Instant from,
      Instant to,
      BooleanSupplier stop,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
    try (Consumer<byte[], byte[]> consumer = EventReader.consumer(kafka)) {
      List<TopicPartition> partitions = EventReader.partitions(consumer, topic);
      // Asked of partitions that are not its own, a consumer warns of each.
      consumer.assign(partitions);
      Map<TopicPartition, Long> last = consumer.endOffsets(partitions);
      new TopicStretch(
              consumer,
              offsets(consumer, last, from),
              to == null ? last : offsets(consumer, last, to))
          .read(stop, action);
    }
  }

  /** Where each partition's records of that time begin; its end if there are none. */
  private static Map<TopicPartition, Long> offsets(
      Consumer<?, ?> consumer, Map<TopicPartition, Long> last, Instant time) {
    Map<TopicPartition, Long> times = new HashMap<>();
    last.keySet().forEach(partition -> times.put(partition, Math.max(0, time.toEpochMilli())));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    Map<TopicPartition, Long> offsets = new HashMap<>(last);
    found.forEach(
        (partition, at) -> offsets.computeIfPresent(partition, (p, end) -> earlier(at, end)));
    return offsets;
  }

  private static long earlier(OffsetAndTimestamp at, long end) {
    return at == null ? end : Math.min(at.offset(), end);
  }

  private void read(
      BooleanSupplier stop, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
    begins.forEach(consumer::seek);
    while (!stop.getAsBoolean() && !pauseThoseAtTheirEnd()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < ends.get(partition)) {
          action.accept(record);
        }
      }
    }
  }

  /** Whether that is all. */
  private boolean pauseThoseAtTheirEnd() {
    List<TopicPartition> over =
        ends.entrySet().stream()
            .filter(end -> consumer.position(end.getKey()) >= end.getValue())
            .map(Map.Entry::getKey)
            .toList();
    consumer.pause(over);
    return over.size() == ends.size();
  }
}
