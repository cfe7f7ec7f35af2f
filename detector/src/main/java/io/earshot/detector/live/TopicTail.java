package io.earshot.detector.live;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a topic on a thread of its own, for a reader that may want it only at times. */
final class TopicTail implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicTail.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PAUSE_MILLIS = 5_000;
  private static final long CLOSE_MILLIS = 5_000;

  /** Takes what comes; called by the tail's thread alone, but for {@link #isWanted}. */
  interface Reader {
    /** Any thread. */
    default boolean isWanted() {
      return true;
    }

    /**
     * Reading of a partition begins, or goes on.
     *
     * @param offset of the next record
     * @param first of all records that there are
     * @return whether it matters what is before and is not read; {@link #passedOver} tells it
     */
    default boolean begin(int partition, long offset, long first) {
      return false;
    }

    /** A record of those to which that matters, of a clock that is far ahead. */
    default void ahead(ConsumerRecord<byte[], byte[]> record) {}

    /** The others to which that matters, of all such partitions, are of a time before that. */
    default void passedOver(long endMillis) {}

    void take(ConsumerRecord<byte[], byte[]> record);

    /** All has been taken that was there when reading began. */
    default void caughtUp() {}

    /** Nothing more is read until it is wanted again. */
    default void rest() {}
  }

  /** Where reading begins. */
  interface Start {
    Start END = Consumer::endOffsets;

    Map<TopicPartition, Long> of(Consumer<?, ?> consumer, List<TopicPartition> partitions);

    /** So many records of all partitions together. */
    static Start newest(int records) {
      return (consumer, partitions) -> {
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> start = new HashMap<>(consumer.endOffsets(partitions));
        long share = 1L + records / partitions.size();
        start.replaceAll((partition, end) -> Math.max(first.get(partition), end - share));
        return start;
      };
    }

    /** By the records' times. */
    static Start ago(Duration time) {
      return (consumer, partitions) -> {
        long from = System.currentTimeMillis() - time.toMillis();
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, from));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        Map<TopicPartition, Long> start = new HashMap<>(consumer.endOffsets(partitions));
        start.replaceAll(
            (partition, end) -> found.get(partition) == null ? end : found.get(partition).offset());
        return start;
      };
    }
  }

  private final String topic;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Start start;
  private final Reader reader;
  private final Thread thread;

  /** Only the thread itself; where it goes on after a fault. */
  private final Map<TopicPartition, Long> reached = new HashMap<>();

  /** Likewise. */
  private boolean warned;

  private boolean caughtUp;

  /** Null while it rests. */
  private Consumer<byte[], byte[]> consumer;

  private final CountDownLatch closing = new CountDownLatch(1);

  private TopicTail(
      String topic, Supplier<Consumer<byte[], byte[]>> consumers, Start start, Reader reader) {
    this.topic = topic;
    this.consumers = consumers;
    this.start = start;
    this.reader = reader;
    this.thread = new Thread(this::run, "earshot-tail-" + topic);
  }

  /**
   * Follows the topic whenever it is wanted.
   *
   * @param consumers makes one of no group, which reads what is committed; it is closed here
   */
  static TopicTail start(
      String topic, Supplier<Consumer<byte[], byte[]>> consumers, Start start, Reader reader) {
    TopicTail tail = new TopicTail(topic, consumers, start, reader);
    tail.thread.setDaemon(true);
    tail.thread.start();
    return tail;
  }

  /** To be told when it may be wanted again. Any thread. */
  synchronized void wake() {
    notifyAll();
  }

  /**
   * Waits until all has been read that was there when reading began.
   *
   * @return false if that takes longer
   */
  synchronized boolean awaitCaughtUp(long millis) throws InterruptedException {
    long deadline = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (!caughtUp && left > 0) {
      wait(left);
      left = (deadline - System.nanoTime()) / 1_000_000;
    }
    return caughtUp;
  }

  /** Begins to end; {@link #close} waits until it has. Any thread. */
  void stop() {
    closing.countDown();
    synchronized (this) {
      if (consumer != null) {
        consumer.wakeup();
      }
      notifyAll();
    }
  }

  @Override
  public void close() {
    stop();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void setCaughtUp(boolean yes) {
    caughtUp = yes;
    notifyAll();
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void run() {
    try {
      while (isWantedAgain()) {
        if (!follow()) {
          closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      // Nobody needs it any more.
    }
  }

  private synchronized boolean isWantedAgain() throws InterruptedException {
    while (!isClosing() && !reader.isWanted()) {
      wait();
    }
    return !isClosing();
  }

  /** Until it is not wanted; false if that failed. */
  private boolean follow() {
    Consumer<byte[], byte[]> opened = null;
    try {
      opened = consumers.get();
      setConsumer(opened);
      Map<TopicPartition, Long> ends = seek(opened);
      while (!isClosing() && reader.isWanted()) {
        poll(opened);
        if (!ends.isEmpty() && hasReached(opened, ends)) {
          ends = Map.of();
          reader.caughtUp();
          setCaughtUp(true);
        }
      }
      reached.clear();
      setCaughtUp(false);
      reader.rest();
      return true;
    } catch (KafkaException e) {
      log.debug("cannot follow {}; beginning again", topic, e);
      return false;
    } catch (RuntimeException e) {
      warn(e);
      return false;
    } finally {
      setConsumer(null);
      if (opened != null) {
        opened.close(CloseOptions.timeout(Duration.ofSeconds(1)));
      }
    }
  }

  /** It is woken even if it came after the end. */
  private synchronized void setConsumer(Consumer<byte[], byte[]> now) {
    consumer = now;
    if (now != null && isClosing()) {
      now.wakeup();
    }
  }

  private void poll(Consumer<byte[], byte[]> opened) {
    for (ConsumerRecord<byte[], byte[]> record : opened.poll(POLL)) {
      reached.put(new TopicPartition(topic, record.partition()), record.offset() + 1);
      reader.take(record);
    }
  }

  private static boolean hasReached(Consumer<?, ?> opened, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> opened.position(end.getKey()) >= end.getValue());
  }

  /** Gives the ends of now. */
  private Map<TopicPartition, Long> seek(Consumer<byte[], byte[]> opened) {
    List<TopicPartition> partitions =
        opened.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .sorted(Comparator.comparingInt(TopicPartition::partition))
            .toList();
    if (partitions.isEmpty()) {
      throw new KafkaException(topic + " is not known yet");
    }
    opened.assign(partitions);
    Map<TopicPartition, Long> first = opened.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = opened.endOffsets(partitions);
    Map<TopicPartition, Long> from = new HashMap<>(start.of(opened, partitions));
    from.replaceAll((partition, offset) -> goOn(partition, offset, first, ends));
    Map<TopicPartition, Long> cut = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long offset = from.get(partition);
      if (reader.begin(partition.partition(), offset, first.get(partition))) {
        cut.put(partition, offset);
      }
    }
    if (!cut.isEmpty()) {
      FarAhead passed = new FarAhead(opened, cut, System.currentTimeMillis());
      reader.passedOver(passed.endMillis(reader::ahead));
    }
    opened.assign(partitions);
    from.forEach(opened::seek);
    return ends;
  }

  /** A topic that was made anew has not what was reached. */
  private long goOn(
      TopicPartition partition,
      long offset,
      Map<TopicPartition, Long> first,
      Map<TopicPartition, Long> ends) {
    Long known = reached.get(partition);
    boolean there = known != null && known >= first.get(partition) && known <= ends.get(partition);
    return there ? known : offset;
  }

  /** What comes then is a bug of ours or of a library; that is no reason to end. */
  private void warn(RuntimeException e) {
    if (!warned) {
      log.warn(
          "cannot follow {}: {}; beginning again each {} s",
          topic,
          e.toString(),
          PAUSE_MILLIS / 1_000);
      warned = true;
    }
    log.debug("cannot follow {}", topic, e);
  }
}
