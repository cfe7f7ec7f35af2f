package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.detector.segment.SegmentHeaders;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The floats in a topic of patches or scores. */
final class TopicValues {
  private static final long PATIENCE_SECONDS = 60;

  private TopicValues() {}

  /** The values of each segment, in order, of so many streams that have ended. */
  static Map<String, List<float[]>> of(Map<String, Object> kafka, String topic, int streams) {
    Map<String, List<float[]>> values = new TreeMap<>();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try (Consumer<byte[], byte[]> consumer = JsonReader.consumer(kafka)) {
      List<TopicPartition> partitions = JsonReader.partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      int ended = 0;
      while (ended < streams) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("%s: %d of %d streams ended".formatted(topic, ended, streams));
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (SegmentHeaders.isEnd(record.headers())) {
            ended++;
          } else {
            values
                .computeIfAbsent(new String(record.key(), US_ASCII), key -> new ArrayList<>())
                .add(floats(record.value()));
          }
        }
      }
    }
    return values;
  }

  private static float[] floats(byte[] bytes) {
    FloatBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] floats = new float[buffer.remaining()];
    buffer.get(floats);
    return floats;
  }
}
