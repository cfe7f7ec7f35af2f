package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.segment.SegmentHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Knows when a stream is through the whole pipeline: its end marker stands in {@code
 * earshot.scores}, and the event stage has committed beyond it.
 */
final class StreamEnds implements AutoCloseable {
  private record Place(TopicPartition partition, long offset) {}

  private final Admin admin;
  private final Consumer<byte[], byte[]> scores;
  private final Map<String, Place> ending = new HashMap<>();

  private StreamEnds(Admin admin, Consumer<byte[], byte[]> scores) {
    this.admin = admin;
    this.scores = scores;
  }

  static StreamEnds open(Map<String, Object> kafka) {
    Consumer<byte[], byte[]> scores = JsonReader.consumer(kafka);
    List<TopicPartition> partitions = JsonReader.partitions(scores, Topics.SCORES);
    scores.assign(partitions);
    scores.seekToBeginning(partitions);
    return new StreamEnds(Admin.create(kafka), scores);
  }

  /**
   * Ends of the event topic, what is not yet committed included: a transaction's offsets can be
   * visible moments before its events are.
   */
  Map<TopicPartition, Long> eventEnds() throws UserException {
    Map<TopicPartition, OffsetSpec> latest =
        JsonReader.partitions(scores, Topics.EVENTS).stream()
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    return ask(admin.listOffsets(latest).all()).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  /** The streams that have come to their end since the last call. */
  Set<String> poll() throws UserException {
    for (ConsumerRecord<byte[], byte[]> record : scores.poll(Duration.ZERO)) {
      // A stream that has only fallen silent may come back.
      boolean ended =
          SegmentHeaders.isEnd(record.headers()) && !SegmentHeaders.isSilence(record.headers());
      if (ended && record.key() != null) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        String stream = new String(record.key(), US_ASCII);
        ending.put(stream, new Place(partition, record.offset()));
      }
    }
    if (ending.isEmpty()) {
      return Set.of();
    }
    Map<TopicPartition, OffsetAndMetadata> committed = committed();
    Set<String> over =
        ending.entrySet().stream()
            .filter(entry -> isPast(committed.get(entry.getValue().partition), entry.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    ending.keySet().removeAll(over);
    return over;
  }

  @Override
  public void close() {
    scores.close();
    admin.close(Duration.ofSeconds(2));
  }

  private static boolean isPast(OffsetAndMetadata committed, Place place) {
    return committed != null && committed.offset() > place.offset;
  }

  private Map<TopicPartition, OffsetAndMetadata> committed() throws UserException {
    return ask(
        admin.listConsumerGroupOffsets(StreamsRunner.APPLICATION).partitionsToOffsetAndMetadata());
  }

  private static <T> T ask(KafkaFuture<T> answer) throws UserException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw UserException.failed("Kafka: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserException.failed("interrupted", e);
    }
  }
}
