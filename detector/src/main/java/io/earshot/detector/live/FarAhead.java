package io.earshot.detector.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records that are passed over while a device's clock is a day or more ahead. Its own are read:
 * Kafka tells where the first of a time or later is, so behind one of next year it says nothing of
 * this year's others, and all of these would have to be searched for each time. One thread.
 */
final class FarAhead {
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Far fewer than a book holds. */
  private static final int MOST = 1_000;

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> offsets;
  private final long soonMillis;
  private final List<ConsumerRecord<byte[], byte[]>> ahead = new ArrayList<>();
  private long end;

  /**
   * Nothing is asked yet.
   *
   * @param consumer is assigned whatever is needed
   * @param offsets up to which each partition is passed over
   */
  FarAhead(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> offsets, long nowMillis) {
    this.consumer = consumer;
    this.offsets = Map.copyOf(offsets);
    this.soonMillis = nowMillis + DAY_MILLIS;
  }

  /**
   * All that is passed over and not handed out is of a time before that. Of too many that are ahead
   * none is handed out.
   */
  long endMillis(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
    Map<TopicPartition, Long> first = new PassedOver(consumer, offsets).from(soonMillis);
    if (first.isEmpty() || !read(first)) {
      return new PassedOver(consumer, offsets).endMillis();
    }
    ahead.forEach(action);
    Map<TopicPartition, Long> before = new HashMap<>(offsets);
    before.putAll(first);
    return Math.max(end, new PassedOver(consumer, before).endMillis());
  }

  /** Whether it was not too much. */
  private boolean read(Map<TopicPartition, Long> first) {
    consumer.assign(first.keySet());
    first.forEach(consumer::seek);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isOver(first)) {
      consumer.poll(POLL).forEach(this::sort);
      if (ahead.size() > MOST || System.nanoTime() - deadline > 0) {
        return false;
      }
    }
    return true;
  }

  private void sort(ConsumerRecord<byte[], byte[]> record) {
    if (record.offset() >= offsets.get(new TopicPartition(record.topic(), record.partition()))) {
      return;
    }
    if (record.timestamp() >= soonMillis) {
      ahead.add(record);
    } else {
      end = Math.max(end, record.timestamp() + 1);
    }
  }

  private boolean isOver(Map<TopicPartition, Long> first) {
    return first.keySet().stream().allMatch(it -> consumer.position(it) >= offsets.get(it));
  }
}
