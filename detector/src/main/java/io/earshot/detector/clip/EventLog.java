package io.earshot.detector.clip;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.detector.broker.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds an event in {@code earshot.events} by its id, the newest records first: in steps that grow,
 * so that a late event is found at once and an early one in little more time than the topic takes.
 * One thread.
 */
final class EventLog {
  private static final long FIRST_STEP = 2_000;
  private static final int GROWTH = 4;

  private final Consumer<byte[], byte[]> consumer;
  private final Patience patience;

  EventLog(Consumer<byte[], byte[]> consumer, Patience patience) {
    this.consumer = consumer;
    this.patience = patience;
  }

  /** The event's last state; null if the topic has none. */
  StoredEvent find(String id) throws ClipException {
    List<TopicPartition> partitions = Partitions.of(consumer, Topics.EVENTS);
    consumer.assign(partitions);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> to = consumer.endOffsets(partitions);
    for (long step = FIRST_STEP; !to.equals(beginnings); step *= GROWTH) {
      Map<TopicPartition, Long> from = new HashMap<>();
      for (TopicPartition partition : partitions) {
        from.put(partition, Math.max(beginnings.get(partition), to.get(partition) - step));
      }
      StoredEvent found = find(id, from, to);
      if (found != null) {
        return found;
      }
      to = from;
    }
    return null;
  }

  /** All records of an event are in one partition: the last one there is its last state. */
  private StoredEvent find(String id, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to)
      throws ClipException {
    consumer.resume(from.keySet());
    from.forEach(consumer::seek);
    ByteSearch search = new ByteSearch(id.getBytes(US_ASCII));
    StoredEvent last = null;
    while (!passed(to)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience.left())) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < to.get(partition) && search.isIn(record.value())) {
          StoredEvent event = StoredEvent.read(record.value());
          last = event != null && id.equals(event.event().id()) ? event : last;
        }
      }
    }
    return last;
  }

  /** Whether all has been read; what is read up to its end rests. */
  private boolean passed(Map<TopicPartition, Long> to) {
    Collection<TopicPartition> done =
        to.keySet().stream().filter(p -> consumer.position(p) >= to.get(p)).toList();
    consumer.pause(done);
    return done.size() == to.size();
  }
}
