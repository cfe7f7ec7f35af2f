package io.earshot.detector.inference;

import io.earshot.detector.segment.SegmentHeaders;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/**
 * One place in the ring: a patch's floats in direct memory and what goes on with its scores.
 * Written by the poll thread before it is published, read by the inference thread until it is
 * released.
 */
final class PatchSlot {
  /** What a slot holds. */
  enum Kind {
    PATCH,
    /** No floats: a stream ends here. */
    END,
    /** No floats: what was read is no patch; {@link #value} is what it is instead. */
    BAD
  }

  private final ByteBuffer floats;
  byte[] key;
  Headers headers;
  long timestamp;
  TopicPartition partition;
  long offset;
  Kind kind;
  long arrivedNanos;
  ByteBuffer value;

  /**
   * @param floats this slot's slice of the ring's memory
   */
  PatchSlot(ByteBuffer floats) {
    this.floats = floats;
  }

  void fill(ConsumerRecord<byte[], ByteBuffer> patch, TopicPartition from, long nowNanos) {
    key = patch.key();
    headers = patch.headers();
    timestamp = patch.timestamp();
    partition = from;
    offset = patch.offset();
    arrivedNanos = nowNanos;
    kind = kind(patch);
    value = kind == Kind.BAD ? patch.value() : null;
    if (kind == Kind.PATCH) {
      floats.clear().put(patch.value());
    }
  }

  private static Kind kind(ConsumerRecord<byte[], ByteBuffer> patch) {
    if (SegmentHeaders.isEnd(patch.headers())) {
      return Kind.END;
    }
    boolean whole = patch.value() != null && patch.value().remaining() == PatchRing.PATCH_BYTES;
    return whole ? Kind.PATCH : Kind.BAD;
  }
}
