package io.earshot.detector.clip;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.detector.broker.Topics;
import io.earshot.producer.frame.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Utils;

/** {@code earshot.frames} without a broker. */
final class FakeFrames {
  private final List<List<ConsumerRecord<byte[], byte[]>>> partitions = new ArrayList<>();
  private final List<Integer> read = new ArrayList<>();

  FakeFrames(int count) {
    for (int i = 0; i < count; i++) {
      partitions.add(new ArrayList<>());
    }
  }

  /** Where Kafka's own clients put a key. */
  int home(String stream) {
    return Utils.toPositive(Utils.murmur2(stream.getBytes(US_ASCII))) % partitions.size();
  }

  /** A record of another stream. */
  void add(int partition, String stream, long millis) {
    add(
        partition,
        new ProducerRecord<>(Topics.FRAMES, null, millis, stream.getBytes(US_ASCII), new byte[2]));
  }

  void add(int partition, Frame frame) {
    add(partition, frame.toRecord(Topics.FRAMES));
  }

  private void add(int partition, ProducerRecord<byte[], byte[]> record) {
    List<ConsumerRecord<byte[], byte[]>> records = partitions.get(partition);
    records.add(
        new ConsumerRecord<>(
            Topics.FRAMES,
            partition,
            records.size(),
            record.timestamp(),
            TimestampType.CREATE_TIME,
            record.key().length,
            record.value().length,
            record.key(),
            record.value(),
            new RecordHeaders(record.headers()),
            Optional.empty()));
  }

  /** The partitions that were read, in order. */
  List<Integer> read() {
    return read;
  }

  Consumer<byte[], byte[]> consumer() {
    MockConsumer<byte[], byte[]> consumer = new OverThese();
    List<PartitionInfo> infos = new ArrayList<>();
    for (int i = 0; i < partitions.size(); i++) {
      infos.add(new PartitionInfo(Topics.FRAMES, i, null, null, null));
    }
    consumer.updatePartitions(Topics.FRAMES, infos);
    return consumer;
  }

  private final class OverThese extends MockConsumer<byte[], byte[]> {
    OverThese() {
      super("earliest");
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> times) {
      Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
      times.forEach((partition, time) -> found.put(partition, first(partition, time)));
      return found;
    }

    private OffsetAndTimestamp first(TopicPartition partition, long time) {
      read.add(partition.partition());
      List<ConsumerRecord<byte[], byte[]>> records = partitions.get(partition.partition());
      updateBeginningOffsets(Map.of(partition, 0L));
      updateEndOffsets(Map.of(partition, (long) records.size()));
      records.forEach(this::addRecord);
      return records.stream()
          .filter(record -> record.timestamp() >= time)
          .findFirst()
          .map(record -> new OffsetAndTimestamp(record.offset(), record.timestamp()))
          .orElse(null);
    }
  }
}
