package io.earshot.detector.event;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.detector.segment.FrameTimestamps;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Sub-topology 2: {@code earshot.scores} to {@code earshot.events} and dead letters. */
public final class EventTopology {
  static final String STORE = "open-events";
  static final String EVENTS = "events";
  static final String DEAD_LETTERS = "score-dead-letters";
  private static final String SOURCE = "scores-in";
  private static final String PROCESSOR = "track";

  private EventTopology() {}

  public static void addTo(Topology topology, EventRules rules, PipelineMetrics metrics) {
    var bytes = Serdes.ByteArray();
    topology
        .addSource(
            AutoOffsetReset.earliest(),
            SOURCE,
            new FrameTimestamps(),
            bytes.deserializer(),
            bytes.deserializer(),
            Topics.SCORES)
        .addProcessor(PROCESSOR, new Supplier(rules, metrics), SOURCE)
        .addSink(EVENTS, Topics.EVENTS, bytes.serializer(), bytes.serializer(), PROCESSOR)
        .addSink(
            DEAD_LETTERS, Topics.DEAD_LETTERS, bytes.serializer(), bytes.serializer(), PROCESSOR);
  }

  private record Supplier(EventRules rules, PipelineMetrics metrics)
      implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
      return new EventProcessor(rules, metrics);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      StoreBuilder<KeyValueStore<String, TrackerState>> states =
          Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(STORE),
              Serdes.String(),
              JsonSerde.of(TrackerState.class));
      return Set.of(states.withCachingDisabled());
    }
  }
}
