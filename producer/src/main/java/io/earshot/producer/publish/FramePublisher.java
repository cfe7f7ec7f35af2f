package io.earshot.producer.publish;

import io.earshot.producer.frame.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Frames to a Kafka topic, in order and once each.
 *
 * <pre>
 * FramePublisher publisher = new FramePublisher(Map.of("bootstrap.servers", "localhost:9092"), "earshot.frames");
 * publisher.publish(frame); // returns before the broker has it
 * publisher.flush();        // returns after
 * </pre>
 *
 * <p>The first send that fails is thrown by each later call: after a lost frame there is no point
 * in sending on. Any number of threads.
 */
public final class FramePublisher implements FrameSink {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  /** Kafka may be away for so long, until its disk has space again, and what was heard is kept. */
  private static final int PATIENCE_MILLIS = 3_600_000;

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private boolean closed;

  /**
   * Connects.
   *
   * @param clientConfig Kafka's producer settings, at least {@code bootstrap.servers}; they win
   *     over the ones here except for idempotence
   */
  public FramePublisher(Map<String, Object> clientConfig, String topic) {
    this(new KafkaProducer<>(settings(clientConfig)), topic);
  }

  FramePublisher(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  static Properties settings(Map<String, Object> clientConfig) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    // With more in flight, the first batch to a topic just created can be refused for ever as out
    // of sequence (KAFKA-15591, in 4.3.1).
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    // A frame of the largest size and its headers pass.
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Frame.MAX_BYTES + 4096);
    settings.putAll(clientConfig);
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    Properties properties = new Properties();
    properties.putAll(settings);
    return properties;
  }

  @Override
  public void publish(Frame frame) throws IOException {
    throwFailure();
    try {
      var unused =
          producer.send(frame.toRecord(topic), (metadata, e) -> failure.compareAndSet(null, e));
    } catch (KafkaException | IllegalStateException e) {
      fail(e);
    }
  }

  /** Waits until the broker has all frames published so far. */
  @Override
  public void flush() throws IOException {
    throwFailure();
    try {
      producer.flush();
    } catch (KafkaException | IllegalStateException e) {
      fail(e);
    }
    throwFailure();
  }

  /** Sends what is left, for at most ten seconds. A second call does nothing. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      producer.close(CLOSE_TIMEOUT);
    } catch (KafkaException e) {
      fail(e);
    }
    throwFailure();
  }

  private void fail(RuntimeException e) throws IOException {
    if (e instanceof InterruptException) {
      throw new IOException("interrupted while publishing to topic " + topic, e);
    }
    failure.compareAndSet(null, e);
    throwFailure();
  }

  private void throwFailure() throws IOException {
    Exception e = failure.get();
    if (e != null) {
      String why = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
      throw new IOException("cannot publish to topic %s: %s".formatted(topic, why), e);
    }
  }
}
