package io.earshot.detector.segment;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class FrameTimestampsTest {
  @Test
  void aNegativeTimestampComesThroughToTheProcessor() {
    ConsumerRecord<Object, Object> record = record(-5);
    long extracted = new FrameTimestamps().extract(record, 0);
    assertThat(extracted).as("Kafka Streams drops what is below 0").isZero();
    assertThat(FrameTimestamps.original(extracted, record.headers())).isEqualTo(-5);
  }

  @Test
  void anyOtherTimestampStaysAsItIs() {
    for (long millis : new long[] {0, 1_700_000_000_000L, Long.MAX_VALUE}) {
      ConsumerRecord<Object, Object> record = record(millis);
      long extracted = new FrameTimestamps().extract(record, 0);
      assertThat(extracted).isEqualTo(millis);
      assertThat(FrameTimestamps.original(extracted, record.headers())).isEqualTo(millis);
      assertThat(record.headers()).isEmpty();
    }
  }

  @Test
  void whatAStrangerWritesInItsHeaderDoesNotCount() {
    ConsumerRecord<Object, Object> record = record(7);
    record.headers().add("earshot-negative-timestamp", "soon".getBytes(US_ASCII));
    assertThat(new FrameTimestamps().extract(record, 0)).isEqualTo(7);
    assertThat(FrameTimestamps.original(7, record.headers())).isEqualTo(7);
    ConsumerRecord<Object, Object> negative = record(-5);
    negative.headers().add("earshot-negative-timestamp", null);
    assertThat(new FrameTimestamps().extract(negative, 0)).isZero();
    assertThat(FrameTimestamps.original(0, negative.headers())).isEqualTo(-5);
  }

  private static ConsumerRecord<Object, Object> record(long timestamp) {
    return new ConsumerRecord<>(
        "earshot.frames",
        0,
        0,
        timestamp,
        TimestampType.CREATE_TIME,
        0,
        0,
        null,
        null,
        new RecordHeaders(),
        Optional.empty());
  }
}
