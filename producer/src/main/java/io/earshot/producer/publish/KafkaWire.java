package io.earshot.producer.publish;

import io.earshot.producer.frame.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;

/** Frames to a Kafka topic by a client that never waits, and never gives up by itself. */
public final class KafkaWire implements Wire {
  private final Producer<byte[], byte[]> producer;
  private final String topic;

  /**
   * Makes the client.
   *
   * @param clientConfig as in {@link FramePublisher}
   * @throws IOException if there can be none of that configuration, as when no name can be looked
   *     up
   */
  public static KafkaWire open(Map<String, Object> clientConfig, String topic) throws IOException {
    try {
      return new KafkaWire(new KafkaProducer<>(settings(clientConfig)), topic);
    } catch (KafkaException e) {
      throw new IOException(why(e), e);
    }
  }

  KafkaWire(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  static Properties settings(Map<String, Object> clientConfig) {
    Properties settings = FramePublisher.settings(clientConfig);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
    if (!clientConfig.containsKey(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG)) {
      settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    }
    return settings;
  }

  @Override
  public String offer(Frame frame, Receipt receipt) {
    Offer offer = new Offer(receipt);
    try {
      var unused = producer.send(frame.toRecord(topic), offer::complete);
    } catch (KafkaException | IllegalStateException | IllegalArgumentException e) {
      offer.complete(null, e);
    }
    return offer.notTaken();
  }

  @Override
  public void close() {
    try {
      producer.close(Duration.ZERO);
    } catch (KafkaException e) {
      // It is given up in any case.
    }
  }

  private static String why(Exception e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
  }

  /** A frame on its way. What fails before the client's {@code send} has returned was not taken. */
  private final class Offer {
    private final Receipt receipt;
    private final Thread sender = Thread.currentThread();
    private boolean sending = true;
    private String notTaken;

    Offer(Receipt receipt) {
      this.receipt = receipt;
    }

    String notTaken() {
      sending = false;
      return notTaken;
    }

    void complete(RecordMetadata unused, Exception e) {
      if (e == null) {
        receipt.arrived();
      } else if (e instanceof RecordTooLargeException || e instanceof InvalidTimestampException) {
        receipt.refused(why(e));
      } else if (Thread.currentThread() == sender && sending && e instanceof TimeoutException) {
        notTaken = why(e);
      } else {
        // Here and now, or the next batch would overtake this one.
        close();
        receipt.failed(why(e));
      }
    }
  }
}
