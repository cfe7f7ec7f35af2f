package io.earshot.detector.app;

import static java.util.stream.Collectors.groupingBy;

import io.earshot.detector.broker.Topics;
import io.earshot.producer.frame.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What stands on {@code earshot.frames}. */
final class FramesTopic {
  private FramesTopic() {}

  /** All frames that are there now, by stream, in order. */
  static Map<String, List<Frame>> read(String bootstrapServers) throws Exception {
    List<Frame> frames = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer =
        JsonReader.consumer(Map.of("bootstrap.servers", bootstrapServers))) {
      List<TopicPartition> partitions = JsonReader.partitions(consumer, Topics.FRAMES);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          frames.add(
              Frame.read(record.key(), record.value(), record.headers(), record.timestamp()));
        }
      }
    }
    return frames.stream().collect(groupingBy(Frame::stream));
  }
}
