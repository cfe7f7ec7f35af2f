package io.earshot.detector.live;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.detector.broker.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** All topics, of one partition each, in memory. Any thread. */
public final class FakeTopics implements Supplier<Consumer<byte[], byte[]>> {
  private static final List<String> NAMES =
      List.of(Topics.FRAMES, Topics.PATCHES, Topics.SCORES, Topics.EVENTS, Topics.CANDIDATES);

  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
  private final List<FakeConsumer> consumers = new ArrayList<>();
  private final AtomicInteger questions = new AtomicInteger();

  public FakeTopics() {
    NAMES.forEach(name -> records.put(name, new ArrayList<>()));
  }

  public void send(String topic, String key, byte[] value, Headers headers) {
    send(topic, key, value, headers, System.currentTimeMillis());
  }

  private synchronized void send(
      String topic, String key, byte[] value, Headers headers, long timestamp) {
    List<ConsumerRecord<byte[], byte[]>> all = records.get(topic);
    all.add(
        new ConsumerRecord<>(
            topic,
            0,
            all.size(),
            timestamp,
            TimestampType.CREATE_TIME,
            0,
            0,
            key.getBytes(US_ASCII),
            value,
            headers,
            Optional.empty()));
  }

  public void event(byte[] json) {
    send(Topics.EVENTS, "yard", json, new RecordHeaders());
  }

  /** One of another time. */
  void event(byte[] json, Instant time) {
    send(Topics.EVENTS, "yard", json, new RecordHeaders(), time.toEpochMilli());
  }

  /** How many consumers of a topic there are that read. */
  public synchronized long readers(String topic) {
    return consumers.stream().filter(consumer -> consumer.reads(topic)).count();
  }

  /** How often somebody has asked where a time is. */
  int questions() {
    return questions.get();
  }

  @Override
  public synchronized Consumer<byte[], byte[]> get() {
    FakeConsumer consumer = new FakeConsumer();
    consumers.add(consumer);
    return consumer;
  }

  private synchronized List<ConsumerRecord<byte[], byte[]>> from(String topic, long offset) {
    List<ConsumerRecord<byte[], byte[]>> all = records.get(topic);
    return List.copyOf(all.subList((int) offset, all.size()));
  }

  private synchronized long end(TopicPartition partition) {
    return records.get(partition.topic()).size();
  }

  /** As the real one: it waits when there is nothing. */
  private final class FakeConsumer extends MockConsumer<byte[], byte[]> {
    private final Map<TopicPartition, Long> given = new HashMap<>();

    /** It knows by then where it begins. */
    private volatile boolean polled;

    FakeConsumer() {
      super("earliest");
      for (String name : NAMES) {
        updatePartitions(
            name, List.of(new PartitionInfo(name, 0, Node.noNode(), new Node[0], new Node[0])));
        updateBeginningOffsets(Map.of(new TopicPartition(name, 0), 0L));
      }
    }

    synchronized boolean reads(String topic) {
      return polled && !closed() && assignment().contains(new TopicPartition(topic, 0));
    }

    @Override
    public synchronized Map<TopicPartition, Long> endOffsets(
        Collection<TopicPartition> partitions) {
      Map<TopicPartition, Long> ends = new HashMap<>();
      partitions.forEach(partition -> ends.put(partition, end(partition)));
      return ends;
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> times) {
      questions.incrementAndGet();
      Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
      times.forEach(
          (partition, time) ->
              found.put(
                  partition,
                  from(partition.topic(), 0).stream()
                      .filter(record -> record.timestamp() >= time)
                      .findFirst()
                      .map(record -> new OffsetAndTimestamp(record.offset(), record.timestamp()))
                      .orElse(null)));
      return found;
    }

    @Override
    public synchronized void seek(TopicPartition partition, long offset) {
      given.remove(partition);
      super.seek(partition, offset);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      polled = true;
      boolean any = false;
      for (TopicPartition partition : assignment()) {
        if (paused().contains(partition)) {
          continue;
        }
        long next = given.getOrDefault(partition, position(partition));
        for (ConsumerRecord<byte[], byte[]> record : from(partition.topic(), next)) {
          addRecord(record);
          given.put(partition, record.offset() + 1);
          any = true;
        }
      }
      if (!any) {
        pause();
      }
      return super.poll(Duration.ZERO);
    }

    private static void pause() {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
