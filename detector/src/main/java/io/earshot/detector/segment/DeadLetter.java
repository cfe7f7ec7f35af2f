package io.earshot.detector.segment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * What could not be read, as JSON: why, where it stands, and its first bytes.
 *
 * @param sample the value's first 64 bytes, base64
 */
public record DeadLetter(
    String reason, String message, String topic, int partition, long offset, String sample) {
  private static final int SAMPLE_BYTES = 64;
  private static final int KEY_BYTES = 128;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The record for the dead letters' topic: under the key of the record that was bad, as far as
   * that fits, and of the time at which it was found bad, for its own time may be what is wrong.
   */
  public static Record<byte[], byte[]> of(
      Record<byte[], byte[]> bad, ProcessorContext<?, ?> context, String reason, String message) {
    Optional<RecordMetadata> at = context.recordMetadata();
    TopicPartition from =
        new TopicPartition(
            at.map(RecordMetadata::topic).orElse(""), at.map(RecordMetadata::partition).orElse(-1));
    byte[] value = bad.value() == null ? new byte[0] : bad.value();
    byte[] json = json(reason, message, from, at.map(RecordMetadata::offset).orElse(-1L), value);
    return new Record<>(key(bad.key()), json, System.currentTimeMillis());
  }

  /**
   * As much of a bad record's key as fits: one of megabytes would be a record that no broker takes.
   */
  public static byte[] key(byte[] key) {
    return key == null ? null : Arrays.copyOf(key, Math.min(key.length, KEY_BYTES));
  }

  /** The letter itself. */
  public static byte[] json(
      String reason, String message, TopicPartition from, long offset, byte[] value) {
    DeadLetter letter =
        new DeadLetter(
            reason,
            message,
            from.topic(),
            from.partition(),
            offset,
            Base64.getEncoder()
                .encodeToString(Arrays.copyOf(value, Math.min(value.length, SAMPLE_BYTES))));
    try {
      return JSON.writeValueAsBytes(letter);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a dead letter of plain fields cannot fail to be JSON", e);
    }
  }
}
