package io.earshot.detector.inference;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Remembers what it is given; written by the loop's thread, read when that has ended or by await.
 */
final class RememberingPublisher implements ScorePublisher {
  final List<ProducerRecord<byte[], byte[]>> sent = new CopyOnWriteArrayList<>();
  final Map<TopicPartition, Long> committed = new HashMap<>();
  final List<ConsumerGroupMetadata> groups = new ArrayList<>();
  private final Map<TopicPartition, Long> scored = new HashMap<>();
  volatile int commits;
  int aheadOfScores;
  RuntimeException commitFailure;
  private boolean begun;

  @Override
  public void begin() {
    begun = true;
  }

  @Override
  public void send(ProducerRecord<byte[], byte[]> scores) {
    assertThat(begun).isTrue();
    String key = new String(scores.key(), US_ASCII);
    TopicPartition partition = Patches.partition(Integer.parseInt(key.split("-")[1]));
    scored.merge(partition, 1L, Long::sum);
    sent.add(scores);
  }

  @Override
  public void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    assertThat(begun).isTrue();
    assertThat(offsets).isNotEmpty();
    if (commitFailure != null) {
      throw commitFailure;
    }
    begun = false;
    groups.add(group);
    offsets.forEach(
        (partition, offset) -> {
          // In the long run a partition's offsets count its records from 0.
          aheadOfScores += offset.offset() > scored.get(partition) ? 1 : 0;
          committed.put(partition, offset.offset());
        });
    commits++;
  }

  @Override
  public void close() {}

  List<Integer> scores() {
    return sent.stream()
        .map(
            record -> {
              if (record.value().length == 0) {
                return 0;
              }
              ByteBuffer value = ByteBuffer.wrap(record.value()).order(ByteOrder.LITTLE_ENDIAN);
              return ((int) value.getFloat(0) << 16) | (int) value.getFloat(4);
            })
        .toList();
  }
}
