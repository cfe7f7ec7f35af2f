package io.earshot.detector.inference;

import io.earshot.detector.broker.Takeover;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes patches, has them scored in batches across streams, publishes the scores.
 *
 * <pre>{@code
 * InferenceWorker worker = new InferenceWorker(settings, network::score, metrics);
 * worker.run();   // until close() from another thread
 * }</pre>
 *
 * <p>A worker that fails gives up what it had not committed; a new one begins there. {@link #run}'s
 * thread is the poll thread, which owns the consumer.
 */
public final class InferenceWorker implements AutoCloseable {
  public static final String GROUP = "earshot-inference";

  private static final Logger log = LoggerFactory.getLogger(InferenceWorker.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long FLUSH_MILLIS = 30_000;

  /** A flush before a rebalance, and a network that takes seconds, are within it. */
  private static final long SILENT_SECONDS = 60;

  /** Also a worker whose ring is full polls, or the group would take it for dead. */
  private static final long FULL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final InferenceSettings settings;
  private final PipelineMetrics metrics;
  private final Scorer scorer;
  private final AtomicReference<Map<TopicPartition, OffsetAndMetadata>> acknowledged =
      new AtomicReference<>();
  private final ShedReport shedReport = new ShedReport();
  private volatile ConsumerGroupMetadata group;
  private volatile boolean stopping;
  private volatile boolean joined;
  private volatile long polledNanos;

  public InferenceWorker(InferenceSettings settings, Scorer scorer, PipelineMetrics metrics) {
    this.settings = settings;
    this.scorer = scorer;
    this.metrics = metrics;
  }

  /**
   * Works until {@link #close}.
   *
   * @throws InferenceException if consuming, scoring or publishing failed; nothing committed is
   *     wrong, and nothing uncommitted is visible to a reader of committed records
   */
  public void run() throws InferenceException {
    PatchRing ring = new PatchRing(settings.ringSlots());
    try (Consumer<byte[], ByteBuffer> consumer = new KafkaConsumer<>(consumerSettings());
        ScorePublisher publisher = publisher()) {
      InferenceLoop loop =
          new InferenceLoop(settings, ring, scorer, publisher, () -> group, metrics);
      RingWriter writer = new RingWriter(ring, readAhead(), settings.logOffset());
      Thread thread = new Thread(loop, "earshot-inference");
      thread.start();
      try {
        consumer.subscribe(List.of(Topics.PATCHES), new Rebalance(consumer, writer, loop));
        while (!stopping && loop.failure() == null) {
          poll(consumer, writer, loop);
        }
      } finally {
        loop.stop();
        thread.join(FLUSH_MILLIS);
        commitAcknowledged(consumer);
      }
      if (thread.isAlive()) {
        throw new IllegalStateException(
            "scoring and committing did not end within " + FLUSH_MILLIS + " ms");
      }
      if (loop.failure() != null) {
        throw new InferenceException(loop.failure());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InferenceException(e);
    } catch (RuntimeException e) {
      throw new InferenceException(e);
    }
  }

  /** Why it does not take patches; null if it does, as far as anybody knows. By any thread. */
  public String problem(long nowNanos) {
    if (!joined) {
      return "has no place in its group yet";
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nowNanos - polledNanos);
    return seconds > SILENT_SECONDS ? "has not polled for " + seconds + " s" : null;
  }

  /** Asks {@link #run} to finish what it has and return. */
  @Override
  public void close() {
    stopping = true;
  }

  private void poll(Consumer<byte[], ByteBuffer> consumer, RingWriter writer, InferenceLoop loop) {
    var patches = consumer.poll(writer.isEmpty() ? POLL : Duration.ZERO);
    group = consumer.groupMetadata();
    long now = System.nanoTime();
    polledNanos = now;
    writer.add(patches, now);
    writer.moveUp(now + FULL_NANOS, () -> stopping || loop.failure() != null);
    if (writer.isFull()) {
      consumer.pause(consumer.assignment());
    } else if (!consumer.paused().isEmpty()) {
      consumer.resume(consumer.paused());
    }
    metrics.backlog(writer.waiting());
    warn(shedReport.over(System.nanoTime()));
    commitAcknowledged(consumer);
  }

  private ReadAhead readAhead() {
    return settings.backlog() == 0
        ? new Waiting()
        : new Shedding(
            settings.backlog(), stream -> warn(shedReport.shed(stream, System.nanoTime())));
  }

  private static void warn(String line) {
    if (line != null) {
      log.warn(line);
    }
  }

  private void commitAcknowledged(Consumer<?, ?> consumer) {
    Map<TopicPartition, OffsetAndMetadata> offsets = acknowledged.getAndSet(null);
    if (offsets != null) {
      consumer.commitSync(offsets);
    }
  }

  private ScorePublisher publisher() {
    return settings.exactlyOnce()
        ? TransactionalPublisher.open(settings)
        : FlushingPublisher.open(settings, this::acknowledge);
  }

  /** Offsets only grow, so those of a later flush replace or join the earlier ones. */
  private void acknowledge(Map<TopicPartition, OffsetAndMetadata> offsets) {
    acknowledged.accumulateAndGet(
        offsets,
        (earlier, later) -> {
          Map<TopicPartition, OffsetAndMetadata> both = new HashMap<>();
          if (earlier != null) {
            both.putAll(earlier);
          }
          both.putAll(later);
          return both;
        });
  }

  private Map<String, Object> consumerSettings() {
    Map<String, Object> config = new HashMap<>(settings.kafka());
    config.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteBufferDeserializer.class);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Takeover.SESSION_MILLIS);
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Takeover.HEARTBEAT_MILLIS);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.ringSlots());
    return config;
  }

  /** A partition is let go only when what is in the ring of it is scored and committed. */
  private final class Rebalance implements ConsumerRebalanceListener {
    private final Consumer<?, ?> consumer;
    private final RingWriter writer;
    private final InferenceLoop loop;

    Rebalance(Consumer<?, ?> consumer, RingWriter writer, InferenceLoop loop) {
      this.consumer = consumer;
      this.writer = writer;
      this.loop = loop;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      // The offsets still to commit belong to the generation that the group is in now.
      group = consumer.groupMetadata();
      writer.forget(revoked);
      try {
        if (!revoked.isEmpty() && !loop.flush(FLUSH_MILLIS) && loop.failure() == null) {
          throw new IllegalStateException(
              "rebalance: not everything read was committed; it will be scored again");
        }
        commitAcknowledged(consumer);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Also when nothing is: the group's new generation refuses commits of the one before. */
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      polledNanos = System.nanoTime();
      joined = true;
      group = consumer.groupMetadata();
    }

    /** Another worker has them already: what this one has uncommitted must not be committed. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      throw new IllegalStateException("partitions were lost to another worker: " + lost);
    }
  }
}
