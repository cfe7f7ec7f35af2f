package io.earshot.detector.inference;

import io.earshot.detector.segment.OriginHeaders;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** From what was polled into the ring, and into a {@link ReadAhead} while that is full. */
final class RingWriter {
  private final PatchRing ring;
  private final ReadAhead readAhead;
  private final double logOffset;

  /** One object a partition, not one a patch. */
  private final Map<Integer, TopicPartition> partitions = new HashMap<>();

  /**
   * @param logOffset of the front end that patches must come from
   */
  RingWriter(PatchRing ring, ReadAhead readAhead, double logOffset) {
    this.ring = ring;
    this.readAhead = readAhead;
    this.logOffset = logOffset;
  }

  void add(ConsumerRecords<byte[], ByteBuffer> polled, long nowNanos) {
    for (ConsumerRecord<byte[], ByteBuffer> patch : polled) {
      if (readAhead.isEmpty() && !ring.isFull()) {
        write(patch, nowNanos);
      } else {
        readAhead.add(patch);
      }
    }
  }

  /** Moves up what waits, until nothing does or it is late. */
  void moveUp(long deadlineNanos, BooleanSupplier given) {
    while (!readAhead.isEmpty() && !given.getAsBoolean()) {
      long now = System.nanoTime();
      if (ring.hasRoom()) {
        write(readAhead.poll(), now);
      } else if (now - deadlineNanos >= 0) {
        return;
      }
    }
  }

  boolean isEmpty() {
    return readAhead.isEmpty();
  }

  /** Whether no more may be polled. */
  boolean isFull() {
    return readAhead.isFull();
  }

  /** Patches that wait for a place in the ring. */
  int waiting() {
    return readAhead.patches();
  }

  /** Takes away what waits and is another worker's now. */
  void forget(Collection<TopicPartition> revoked) {
    readAhead.forget(revoked);
  }

  private void write(ConsumerRecord<byte[], ByteBuffer> patch, long nowNanos) {
    TopicPartition from = partitions.get(patch.partition());
    if (from == null) {
      from = new TopicPartition(patch.topic(), patch.partition());
      partitions.put(patch.partition(), from);
    }
    ring.claim().fill(patch, from, nowNanos, originFault(patch));
    ring.publish();
  }

  private String originFault(ConsumerRecord<byte[], ByteBuffer> patch) {
    try {
      OriginHeaders.checkFrontEnd(patch.headers(), logOffset);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }
}
