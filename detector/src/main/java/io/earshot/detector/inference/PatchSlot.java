package io.earshot.detector.inference;

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
  private final ByteBuffer floats;
  byte[] key;
  Headers headers;
  long timestamp;
  TopicPartition partition;
  long offset;
  boolean end;
  long arrivedNanos;

  /**
   * @param floats this slot's slice of the ring's memory
   */
  PatchSlot(ByteBuffer floats) {
    this.floats = floats;
  }

  void fill(
      ConsumerRecord<byte[], ByteBuffer> patch, TopicPartition from, boolean end, long nowNanos) {
    key = patch.key();
    headers = patch.headers();
    timestamp = patch.timestamp();
    partition = from;
    offset = patch.offset();
    arrivedNanos = nowNanos;
    this.end = end;
    if (!end) {
      floats.clear().put(patch.value());
    }
  }
}
