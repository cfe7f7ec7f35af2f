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

  /** Of one that is of that time or later; negative if there is none. */
  private long time(long millis) {
    Map<TopicPartition, Long> times = new HashMap<>();
    offsets.keySet().forEach(partition -> times.put(partition, millis));
    long latest = -1;
    for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
        consumer.offsetsForTimes(times).entrySet()) {
      OffsetAndTimestamp first = found.getValue();
      if (first != null && first.offset() < offsets.get(found.getKey())) {
        latest = Math.max(latest, first.timestamp());
      }
    }
    return latest;
  }
}
