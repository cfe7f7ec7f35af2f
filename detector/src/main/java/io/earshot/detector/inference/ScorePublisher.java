package io.earshot.detector.inference;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Sends scores, and commits the patches' offsets never ahead of them. All methods belong to the
 * inference thread; {@link #close} may come from another when that has ended.
 */
interface ScorePublisher extends AutoCloseable {
  /** Starts what the next {@link #send}s belong to, unless it has been started. */
  void begin();

  void send(ProducerRecord<byte[], byte[]> scores);

  /**
   * Returns when everything sent is durable and the offsets are committed with it, or may be.
   *
   * @param offsets of the next patch to read in each partition
   */
  void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group);

  /** Gives up what was begun and not committed. */
  @Override
  void close();
}
