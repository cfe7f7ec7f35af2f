package io.earshot.detector.inference;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Overload makes Kafka wait: nothing is read while anything of the last poll is left. */
final class Waiting implements ReadAhead {
  private final Queue<ConsumerRecord<byte[], ByteBuffer>> patches = new ArrayDeque<>();

  @Override
  public void add(ConsumerRecord<byte[], ByteBuffer> patch) {
    patches.add(patch);
  }

  @Override
  public ConsumerRecord<byte[], ByteBuffer> poll() {
    return patches.poll();
  }

  @Override
  public boolean isEmpty() {
    return patches.isEmpty();
  }

  @Override
  public boolean isFull() {
    return !patches.isEmpty();
  }

  @Override
  public int patches() {
    return patches.size();
  }

  @Override
  public void forget(Collection<TopicPartition> revoked) {
    patches.removeIf(
        patch -> revoked.contains(new TopicPartition(patch.topic(), patch.partition())));
  }
}
