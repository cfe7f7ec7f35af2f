package io.earshot.detector.segment;

import io.earshot.detector.broker.PromptCommits;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Sub-topology 1: {@code earshot.frames} to {@code earshot.patches} and dead letters. */
public final class SegmentTopology {
  static final String FRAME_STORE = "frames";
  static final String RUN_STORE = "runs";
  static final String PATCHES = "patches";
  static final String DEAD_LETTERS = "dead-letters";
  private static final String SOURCE = "frames-in";
  private static final String PROCESSOR = "segment";

  private SegmentTopology() {}

  public static void addTo(
      Topology topology, SegmentSettings settings, PromptCommits commits, PipelineMetrics metrics) {
    var bytes = Serdes.ByteArray();
    topology
        .addSource(
            AutoOffsetReset.earliest(),
            SOURCE,
            new FrameTimestamps(),
            bytes.deserializer(),
            bytes.deserializer(),
            Topics.FRAMES)
        .addProcessor(PROCESSOR, new Supplier(settings, commits, metrics), SOURCE)
        .addSink(PATCHES, Topics.PATCHES, bytes.serializer(), bytes.serializer(), PROCESSOR)
        .addSink(
            DEAD_LETTERS, Topics.DEAD_LETTERS, bytes.serializer(), bytes.serializer(), PROCESSOR);
  }

  private record Supplier(SegmentSettings settings, PromptCommits commits, PipelineMetrics metrics)
      implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
      return new SegmentProcessor(settings, commits, metrics);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      StoreBuilder<KeyValueStore<Bytes, byte[]>> frames =
          Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(FRAME_STORE), Serdes.Bytes(), Serdes.ByteArray());
      StoreBuilder<KeyValueStore<String, String>> runs =
          Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(RUN_STORE), Serdes.String(), Serdes.String());
      return Set.of(frames.withCachingDisabled(), runs.withCachingDisabled());
    }
  }
}
