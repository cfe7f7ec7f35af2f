package io.earshot.detector.clip;

import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** The partitions of a topic. */
final class Partitions {
  private Partitions() {}

  /**
   * All of them, by number.
   *
   * @throws ClipException if there are none: the topic is missing, or has just been created
   */
  static List<TopicPartition> of(Consumer<?, ?> consumer, String topic) throws ClipException {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .sorted(Comparator.comparingInt(TopicPartition::partition))
            .toList();
    if (partitions.isEmpty()) {
      throw new ClipException(
          ClipException.Reason.UNAVAILABLE,
          "Kafka does not know " + topic + " yet; try again later",
          null);
    }
    return partitions;
  }
}
