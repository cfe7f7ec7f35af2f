package io.earshot.detector.segment;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Lets records with a negative timestamp through to the processor, which makes dead letters of
 * them: Kafka Streams' own extractor would stop the whole client, at every start anew.
 */
public final class FrameTimestamps implements TimestampExtractor {
  private static final String NEGATIVE = "earshot-negative-timestamp";

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    // Nobody else's word on it counts.
    record.headers().remove(NEGATIVE);
    if (record.timestamp() >= 0) {
      return record.timestamp();
    }
    record.headers().add(NEGATIVE, SegmentHeaders.ascii(Long.toString(record.timestamp())));
    return 0;
  }

  /** The timestamp that the record came with. */
  static long original(long timestamp, Headers headers) {
    return headers.lastHeader(NEGATIVE) == null
        ? timestamp
        : Long.parseLong(SegmentHeaders.text(headers, NEGATIVE));
  }
}
