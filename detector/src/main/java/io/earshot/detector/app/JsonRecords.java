package io.earshot.detector.app;

import io.earshot.detector.event.JsonSerde;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What records of JSON hold; a warning for those that hold something else, none for a tombstone.
 */
final class JsonRecords<T> {
  private static final Logger log = LoggerFactory.getLogger(JsonRecords.class);

  private final Deserializer<T> json;
  private final String what;

  JsonRecords(Class<T> type) {
    this.json = JsonSerde.of(type).deserializer();
    this.what = type.getSimpleName();
  }

  Optional<T> read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.ofNullable(json.deserialize(record.topic(), record.value()));
    } catch (UncheckedIOException e) {
      log.warn(
          "{}-{} offset {} is no {}; passed over",
          record.topic(),
          record.partition(),
          record.offset(),
          what);
      return Optional.empty();
    }
  }
}
