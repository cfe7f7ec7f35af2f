package io.earshot.detector.inference;

import io.earshot.detector.broker.Takeover;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Scores and offsets in one transaction: both are there or neither. */
final class TransactionalPublisher implements ScorePublisher {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private boolean begun;

  private TransactionalPublisher(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  static TransactionalPublisher open(InferenceSettings settings) {
    Map<String, Object> config = new HashMap<>(ProducerSettings.of(settings.kafka()));
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.transactionalId());
    config.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        Takeover.transactionMillis(settings.commitMillis()));
    // Nobody sees scores before the commit, which sends what is left.
    config.put(ProducerConfig.LINGER_MS_CONFIG, settings.commitMillis());
    TransactionalPublisher publisher = new TransactionalPublisher(new KafkaProducer<>(config));
    try {
      publisher.producer.initTransactions();
      return publisher;
    } catch (RuntimeException e) {
      // Left open, it would go on trying, and fence the worker that comes after.
      publisher.producer.close(Duration.ZERO);
      throw e;
    }
  }

  @Override
  public void begin() {
    if (!begun) {
      producer.beginTransaction();
      begun = true;
    }
  }

  @Override
  public void send(ProducerRecord<byte[], byte[]> scores) {
    // A failed send fails the commit.
    var unused = producer.send(scores);
  }

  @Override
  public void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    producer.sendOffsetsToTransaction(offsets, group);
    producer.commitTransaction();
    begun = false;
  }

  /** An open transaction is aborted by the close. */
  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
