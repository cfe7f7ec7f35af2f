package io.earshot.detector.inference;

import java.nio.ByteBuffer;
import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What has been read and has no place in the ring yet. It belongs to the poll thread. */
interface ReadAhead {
  void add(ConsumerRecord<byte[], ByteBuffer> patch);

  /** Takes the oldest; null if there is none. */
  ConsumerRecord<byte[], ByteBuffer> poll();

  boolean isEmpty();

  /** Whether no more may be read before something has been taken. */
  boolean isFull();

  /** Patches that wait, their bytes in memory. */
  int patches();

  /** Takes away what belongs to partitions that another worker has now. */
  void forget(Collection<TopicPartition> revoked);
}
