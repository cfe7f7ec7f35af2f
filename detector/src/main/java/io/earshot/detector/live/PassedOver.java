package io.earshot.detector.live;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Records that are passed over: those before an offset of each partition. One thread.
 *
 * <p>Streams have clocks of their own, so a record's time says nothing of those before it. Kafka
 * tells where the first of a time or later is: whether that is passed over, halves the times in
 * which the latest can be.
 */
final class PassedOver {
  /** Some forty questions come down to it. */
  private static final long CLOSE_MILLIS = 1_000;

  private final Consumer<?, ?> consumer;
  private final Map<TopicPartition, Long> offsets;

  PassedOver(Consumer<?, ?> consumer, Map<TopicPartition, Long> offsets) {
    this.consumer = consumer;
    this.offsets = Map.copyOf(offsets);
  }

  /** All are earlier; by no more than a second, if there are any. */
  long endMillis() {
    long before = 0;
    long end = Finding.LAST_MILLIS + 1;
    while (end - before > CLOSE_MILLIS) {
      long middle = before + (end - before) / 2;
      long time = time(middle);
      if (time < 0) {
        end = middle;
      } else {
        before = Math.min(time, end - 1);
      }
    }
    return end;
  }

  /** Offsets of the first that are of that time or later; of partitions that have one. */
  Map<TopicPartition, Long> from(long millis) {
    Map<TopicPartition, Long> from = new HashMap<>();
    first(millis).forEach((partition, first) -> from.put(partition, first.offset()));
    return from;
  }

  /** Of one that is of that time or later; negative if there is none. */
  private long time(long millis) {
    return first(millis).values().stream()
        .mapToLong(OffsetAndTimestamp::timestamp)
        .max()
        .orElse(-1);
  }

  private Map<TopicPartition, OffsetAndTimestamp> first(long millis) {
    Map<TopicPartition, Long> times = new HashMap<>();
    offsets.keySet().forEach(partition -> times.put(partition, millis));
    Map<TopicPartition, OffsetAndTimestamp> first = new HashMap<>(consumer.offsetsForTimes(times));
    first
        .entrySet()
        .removeIf(
            it -> it.getValue() == null || it.getValue().offset() >= offsets.get(it.getKey()));
    return first;
  }
}
