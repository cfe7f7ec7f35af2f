package io.earshot.detector.event;

import io.earshot.detector.broker.PromptCommits;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.detector.segment.FrameTimestamps;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Sub-topology 2: {@code earshot.scores} to events, candidates and dead letters. */
public final class EventTopology {
  static final String STORE = "open-events";
  static final String EVENTS = "events";
  static final String CANDIDATES = "candidates";
  static final String DEAD_LETTERS = "score-dead-letters";

  /** Kafka misses a killed process after 6 s; the next one takes over and restores its state. */
  private static final Duration REPLAY = Duration.ofMinutes(2);

  /**
   * The states of a commit's streams are much alike and compress well together. The broker does it:
   * what this process sends beside them, sound and patches, stays as it is.
   */
  private static final Map<String, String> CHANGELOG =
      Map.of(TopicConfig.COMPRESSION_TYPE_CONFIG, "zstd");

  private static final String SOURCE = "scores-in";
  private static final String PROCESSOR = "track";

  private EventTopology() {}

  /**
   * Adds it to a topology that may hold others.
   *
   * @param streamTimeout after which the segment stage ends a silent stream
   */
  public static void addTo(
      Topology topology,
      EventRules rules,
      Duration streamTimeout,
      PromptCommits commits,
      PipelineMetrics metrics) {
    var bytes = Serdes.ByteArray();
    topology
        .addSource(
            AutoOffsetReset.earliest(),
            SOURCE,
            new FrameTimestamps(),
            bytes.deserializer(),
            bytes.deserializer(),
            Topics.SCORES)
        .addProcessor(
            PROCESSOR,
            new Supplier(rules, kept(streamTimeout), commits, metrics, new AtomicBoolean()),
            SOURCE)
        .addSink(EVENTS, Topics.EVENTS, bytes.serializer(), bytes.serializer(), PROCESSOR)
        .addSink(CANDIDATES, Topics.CANDIDATES, bytes.serializer(), bytes.serializer(), PROCESSOR)
        .addSink(
            DEAD_LETTERS, Topics.DEAD_LETTERS, bytes.serializer(), bytes.serializer(), PROCESSOR);
  }

  /**
   * How long the event stage remembers a silent stream: until its end has come through the stages
   * before, and until what a crash made another process send again has been known for what it is.
   */
  static Duration kept(Duration streamTimeout) {
    Duration twice = streamTimeout.multipliedBy(2);
    return twice.compareTo(REPLAY) < 0 ? REPLAY : twice;
  }

  private record Supplier(
      EventRules rules,
      Duration timeout,
      PromptCommits commits,
      PipelineMetrics metrics,
      AtomicBoolean warned)
      implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
      return new EventProcessor(rules, timeout, commits, metrics, warned);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      StoreBuilder<KeyValueStore<String, TrackerState>> states =
          Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(STORE),
              Serdes.String(),
              JsonSerde.of(TrackerState.class));
      return Set.of(states.withCachingDisabled().withLoggingEnabled(CHANGELOG));
    }
  }
}
