package io.earshot.detector.inference;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.earshot.detector.segment.DeadLetter;
import io.earshot.detector.segment.SegmentHeaders;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

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
    /** No floats, no headers: what was read is no patch; {@link #value} is what it is instead. */
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

  /** Why it is {@link Kind#BAD}, else null. */
  String fault;

  /**
   * @param floats this slot's slice of the ring's memory
   */
  PatchSlot(ByteBuffer floats) {
    this.floats = floats;
  }

  /** As below, of a record that may be a patch. */
  void fill(ConsumerRecord<byte[], ByteBuffer> patch, TopicPartition from, long nowNanos) {
    fill(patch, from, nowNanos, null);
  }

  /**
   * Takes a record.
   *
   * @param refused why it is not to be scored, if it is a patch; null if it is
   */
  void fill(
      ConsumerRecord<byte[], ByteBuffer> patch,
      TopicPartition from,
      long nowNanos,
      String refused) {
    kind = kind(patch);
    fault = kind == Kind.BAD ? fault(patch) : null;
    if (kind == Kind.PATCH && refused != null) {
      kind = Kind.BAD;
      fault = refused;
    }
    key = kind == Kind.BAD ? DeadLetter.key(patch.key()) : patch.key();
    headers = kind == Kind.BAD ? new RecordHeaders() : patch.headers();
    // A stranger's may be negative, which Kafka takes from clients and refuses to send.
    timestamp = Math.max(0, patch.timestamp());
    partition = from;
    offset = patch.offset();
    arrivedNanos = nowNanos;
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
    if (PatchBounds.fault(patch) != null) {
      return Kind.BAD;
    }
    if (SegmentHeaders.isEnd(patch.headers())) {
      return Kind.END;
    }
    if (SegmentHeaders.isUnscored(patch.headers())) {
      return Kind.SHED;
    }
    boolean whole = patch.value() != null && patch.value().remaining() == PatchRing.PATCH_BYTES;
    return whole ? Kind.PATCH : Kind.BAD;
  }

  private static String fault(ConsumerRecord<byte[], ByteBuffer> bad) {
    String tooLarge = PatchBounds.fault(bad);
    int bytes = bad.value() == null ? 0 : bad.value().remaining();
    return tooLarge == null ? bytes + " bytes, not " + PatchRing.PATCH_BYTES : tooLarge;
  }
}
