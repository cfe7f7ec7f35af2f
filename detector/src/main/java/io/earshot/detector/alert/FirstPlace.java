package io.earshot.detector.alert;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a new subscription begins: at the end of each partition, those of other processes as well,
 * which is committed at once. A partition without a place is from then on one that was added to the
 * topic later, of which nothing was told: it is read from its beginning.
 */
final class FirstPlace {
  private FirstPlace() {}

  /**
   * Called when partitions have been assigned.
   *
   * @param consumer begins at the beginning where it knows no place
   */
  static void take(
      Consumer<?, ?> consumer,
      String topic,
      Collection<TopicPartition> assigned,
      Duration timeout) {
    if (assigned.isEmpty()) {
      return;
    }
    Set<TopicPartition> all = partitions(consumer, topic, timeout);
    all.addAll(assigned);
    if (consumer.committed(all, timeout).values().stream().allMatch(Objects::isNull)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(all, timeout);
      assigned.forEach(partition -> consumer.seek(partition, ends.get(partition)));
      Map<TopicPartition, OffsetAndMetadata> places = new HashMap<>();
      ends.forEach((partition, end) -> places.put(partition, new OffsetAndMetadata(end)));
      consumer.commitSync(places, timeout);
    }
  }

  private static Set<TopicPartition> partitions(
      Consumer<?, ?> consumer, String topic, Duration timeout) {
    return consumer.partitionsFor(topic, timeout).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
