package io.earshot.detector.app;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Consumers for those who wait for an answer: they give up soon, and fetch much at once. */
final class ClipConsumers {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int FETCH_BYTES = 4 << 20;

  private ClipConsumers() {}

  /** Each call makes one, of no group. */
  static Supplier<Consumer<byte[], byte[]>> of(Map<String, Object> kafka) {
    Map<String, Object> settings = settings(kafka);
    return () -> JsonReader.consumer(settings);
  }

  /** What such a consumer is made with. */
  static Map<String, Object> settings(Map<String, Object> kafka) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2 * TIMEOUT_MILLIS);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    return Map.copyOf(settings);
  }
}
