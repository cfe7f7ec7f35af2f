package io.earshot.detector.inference;

import static java.nio.charset.StandardCharsets.UTF_8;

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
    /** No floats: they were let go before the network could score them. */
    SHED,
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
    // A stranger's may be negative, which Kafka takes from clients and refuses to send.
    timestamp = Math.max(0, patch.timestamp());
    partition = from;
    offset = patch.offset();
    arrivedNanos = nowNanos;
    kind = kind(patch);
    value = kind == Kind.BAD ? patch.value() : null;
    if (kind == Kind.PATCH) {
      floats.clear().put(patch.value());
    }
  }

  /** The stream's id; empty if there is none. */
  String stream() {
    return key == null ? "" : new String(key, UTF_8);
  }

  /** A copy of the patch. */
  byte[] patchBytes() {
    byte[] bytes = new byte[floats.capacity()];
    floats.get(0, bytes);
    return bytes;
  }

  static Kind kind(ConsumerRecord<byte[], ByteBuffer> patch) {
    if (SegmentHeaders.isEnd(patch.headers())) {
      return Kind.END;
    }
    if (SegmentHeaders.isUnscored(patch.headers())) {
      return Kind.SHED;
    }
    boolean whole = patch.value() != null && patch.value().remaining() == PatchRing.PATCH_BYTES;
    return whole ? Kind.PATCH : Kind.BAD;
  }
}
