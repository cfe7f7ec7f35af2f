package io.earshot.detector.alert;

import io.earshot.detector.broker.Takeover;
import io.earshot.detector.metrics.PipelineMetrics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription's thread: reads events, has the {@link Courier} deliver them, commits what is
 * done. While something is owed it reads no more and polls all the same, or the group would take it
 * for dead.
 *
 * <p>What Kafka has failed is begun anew at the last commit.
 */
final class SubscriptionWorker {
  private static final Logger log = LoggerFactory.getLogger(SubscriptionWorker.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long WORK_MILLIS = 500;
  private static final long FINISH_MILLIS = 2_000;
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;
  private static final int MOST_RECORDS = 100;

  private final SubscriptionSettings settings;
  private final Map<String, Object> kafka;
  private final String topic;
  private final Target target;
  private final Courier courier;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private volatile String problem;

  SubscriptionWorker(
      SubscriptionSettings settings,
      Map<String, Object> kafka,
      String topic,
      Target target,
      PipelineMetrics metrics) {
    this.settings = settings;
    this.kafka = kafka;
    this.topic = topic;
    this.target = target;
    this.courier =
        new Courier(
            settings, target, metrics, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    this.thread = new Thread(this::run, "earshot-alerts-" + settings.name());
  }

  void start() {
    thread.start();
  }

  /** Why events are not read, for now; null if they are. */
  String problem() {
    return problem == null ? null : settings.name() + ": " + problem;
  }

  /** Asks it to end. */
  void stop() {
    closing.countDown();
  }

  /** Waits until it has ended; whether it has. */
  boolean join(long millis) throws InterruptedException {
    thread.join(Math.max(1, millis));
    return !thread.isAlive();
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void run() {
    try {
      while (!isClosing()) {
        work();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      target.close();
    }
  }

  private void work() throws InterruptedException {
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings())) {
      try {
        consumer.subscribe(List.of(topic), new Rebalance(consumer));
        while (!isClosing()) {
          round(consumer);
          pauseMillis = FIRST_PAUSE_MILLIS;
          problem = null;
        }
        courier.finish(FINISH_MILLIS);
        commit(consumer);
      } finally {
        courier.clear();
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
      }
    } catch (RuntimeException | Error e) {
      // Also of an Error: a thread that ends is one that nobody misses until an alert is.
      // Its message may quote what was sent.
      problem = "begins anew after " + e.getClass().getSimpleName();
      log.warn("alerts {}: {}; begins again at the last commit", settings.name(), e.toString());
      var unused = closing.await(pauseMillis, TimeUnit.MILLISECONDS);
      pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    }
  }

  private void round(Consumer<byte[], byte[]> consumer) throws InterruptedException {
    if (courier.isIdle()) {
      consumer.resume(consumer.paused());
    } else {
      consumer.pause(consumer.assignment());
    }
    for (ConsumerRecord<byte[], byte[]> read :
        consumer.poll(courier.isIdle() ? POLL : Duration.ZERO)) {
      TopicPartition from = new TopicPartition(read.topic(), read.partition());
      courier.add(new Courier.Owed(from, read.offset(), Alert.read(read.value())));
    }
    courier.idle();
    courier.work(WORK_MILLIS);
    commitLater(consumer);
  }

  private void commitLater(Consumer<?, ?> consumer) {
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets();
    if (!offsets.isEmpty()) {
      consumer.commitAsync(offsets, (committed, e) -> committed(consumer, committed, e));
    }
  }

  /** What failed is part of the next commit, if it is still ours. Called inside of poll. */
  private void committed(
      Consumer<?, ?> consumer, Map<TopicPartition, OffsetAndMetadata> offsets, Exception failure) {
    if (failure != null) {
      log.debug("alerts {}: a commit failed: {}", settings.name(), failure.getMessage());
      offsets.keySet().stream()
          .filter(consumer.assignment()::contains)
          .forEach(partition -> courier.giveBack(partition, offsets.get(partition).offset()));
    }
  }

  private void commit(Consumer<?, ?> consumer) {
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets();
    if (!offsets.isEmpty()) {
      consumer.commitSync(offsets, COMMIT_TIMEOUT);
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    courier
        .takeDone()
        .forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
    return offsets;
  }

  private Map<String, Object> consumerSettings() {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, settings.group());
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // A new subscription is put at the end by hand; this is for records that have expired, and for
    // partitions that were added since.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Takeover.SESSION_MILLIS);
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Takeover.HEARTBEAT_MILLIS);
    return config;
  }

  /** Called inside of poll. */
  private final class Rebalance implements ConsumerRebalanceListener {
    private final Consumer<?, ?> consumer;

    Rebalance(Consumer<?, ?> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      FirstPlace.take(consumer, topic, partitions, COMMIT_TIMEOUT);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      try {
        courier.finish(FINISH_MILLIS);
        commit(consumer);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        courier.drop(partitions);
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      courier.drop(partitions);
    }
  }
}
