package io.earshot.detector.clip;

import io.earshot.detector.broker.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows {@code earshot.events} on a thread of its own, so that the newest are known by heart. */
public final class EventTail implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventTail.class);
  private static final int KNOWN = 10_000;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long PAUSE_SECONDS = 5;
  private static final long CLOSE_MILLIS = 5_000;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final NewestEvents events = new NewestEvents(KNOWN);

  /** Only the thread itself. */
  private boolean warned;

  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "earshot-event-tail");

  private EventTail(Supplier<Consumer<byte[], byte[]>> consumers) {
    this.consumers = consumers;
  }

  /**
   * Begins with the newest that there are.
   *
   * @param consumers makes one of no group, which reads what is committed; it is closed here
   */
  public static EventTail start(Supplier<Consumer<byte[], byte[]>> consumers) {
    EventTail tail = new EventTail(consumers);
    tail.thread.setDaemon(true);
    tail.thread.start();
    return tail;
  }

  /** The event in its last state, if it is over and among the newest; else null. Any thread. */
  public StoredEvent get(String id) {
    return events.get(id);
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      do {
        follow();
      } while (!closing.await(PAUSE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      // Nobody needs it any more.
    }
  }

  private void follow() {
    Consumer<byte[], byte[]> consumer = null;
    try {
      consumer = consumers.get();
      seek(consumer);
      while (closing.getCount() > 0) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          events.add(record.value());
        }
      }
    } catch (KafkaException | ClipException e) {
      log.debug("cannot follow {}; beginning again", Topics.EVENTS, e);
    } catch (RuntimeException e) {
      warn(e);
    } finally {
      if (consumer != null) {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
      }
    }
  }

  /** Events are then looked up one by one, which takes longer; that is no reason to end. */
  private void warn(RuntimeException e) {
    if (!warned) {
      log.warn(
          "cannot follow {}: {}; beginning again each {} s",
          Topics.EVENTS,
          e.toString(),
          PAUSE_SECONDS);
      warned = true;
    }
    log.debug("cannot follow {}", Topics.EVENTS, e);
  }

  /** Twice as many records as events are kept: each has been opened before it was closed. */
  private static void seek(Consumer<byte[], byte[]> consumer) throws ClipException {
    List<TopicPartition> partitions = Partitions.of(consumer, Topics.EVENTS);
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    for (TopicPartition partition : partitions) {
      long share = 2L * KNOWN / partitions.size();
      consumer.seek(partition, Math.max(beginnings.get(partition), ends.get(partition) - share));
    }
  }
}
