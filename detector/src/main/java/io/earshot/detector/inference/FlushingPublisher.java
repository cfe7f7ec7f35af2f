package io.earshot.detector.inference;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Scores first; their offsets are handed over to be committed once every score is acknowledged. */
final class FlushingPublisher implements ScorePublisher {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final Consumer<Map<TopicPartition, OffsetAndMetadata>> acknowledged;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  private FlushingPublisher(
      Producer<byte[], byte[]> producer,
      Consumer<Map<TopicPartition, OffsetAndMetadata>> acknowledged) {
    this.producer = producer;
    this.acknowledged = acknowledged;
  }

  static FlushingPublisher open(
      InferenceSettings settings, Consumer<Map<TopicPartition, OffsetAndMetadata>> acknowledged) {
    return new FlushingPublisher(
        new KafkaProducer<>(ProducerSettings.of(settings.kafka())), acknowledged);
  }

  @Override
  public void begin() {}

  @Override
  public void send(ProducerRecord<byte[], byte[]> scores) {
    var unused =
        producer.send(
            scores,
            (metadata, error) -> {
              if (error != null) {
                failure.compareAndSet(null, error);
              }
            });
  }

  @Override
  public void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    producer.flush();
    if (failure.get() != null) {
      throw new KafkaException("scores were not acknowledged", failure.get());
    }
    acknowledged.accept(offsets);
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
