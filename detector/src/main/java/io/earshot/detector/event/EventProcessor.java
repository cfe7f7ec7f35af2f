package io.earshot.detector.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.detector.segment.DeadLetter;
import io.earshot.detector.segment.SegmentHeaders;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Scores in, events out, one instance a partition; called by its stream thread alone. */
final class EventProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private final EventRules rules;
  private final EventTracker tracker;
  private final PipelineMetrics metrics;
  private final float[] scores;
  private final Serializer<Event> json = JsonSerde.of(Event.class).serializer();
  private KeyValueStore<String, TrackerState> states;
  private ProcessorContext<byte[], byte[]> context;

  EventProcessor(EventRules rules, PipelineMetrics metrics) {
    this.rules = rules;
    this.tracker = new EventTracker(rules);
    this.metrics = metrics;
    this.scores = new float[rules.size()];
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    states = context.getStateStore(EventTopology.STORE);
  }

  @Override
  public void process(Record<byte[], byte[]> input) {
    try {
      track(input);
    } catch (IllegalArgumentException e) {
      metrics.deadLetter("bad_scores");
      context.forward(
          DeadLetter.of(input, context.recordMetadata(), "bad_scores", e.getMessage()),
          EventTopology.DEAD_LETTERS);
    }
  }

  private void track(Record<byte[], byte[]> input) {
    if (input.key() == null) {
      throw new IllegalArgumentException("key is missing");
    }
    String stream = new String(input.key(), UTF_8);
    TrackerState state = states.get(stream);
    if (state == null) {
      state = TrackerState.EMPTY;
    }
    EventTracker.Tracked tracked = track(state, stream, input);
    if (tracked.repeated()) {
      metrics.segmentDropped(stream);
      return;
    }
    states.put(stream, tracked.state());
    tracked.events().forEach(event -> publish(event, input));
  }

  private EventTracker.Tracked track(
      TrackerState state, String stream, Record<byte[], byte[]> input) {
    Headers headers = input.headers();
    if (SegmentHeaders.isEnd(headers)) {
      return tracker.end(state, stream, SegmentHeaders.session(headers));
    }
    if (SegmentHeaders.isUnscored(headers)) {
      return tracker.passOver(state, stream, SegmentHeaders.read(headers));
    }
    readScores(input);
    return tracker.track(state, stream, SegmentHeaders.read(headers), scores);
  }

  private void readScores(Record<byte[], byte[]> input) {
    String model = SegmentHeaders.text(input.headers(), SegmentHeaders.MODEL);
    if (!model.equals(rules.model().header())) {
      throw new IllegalArgumentException(
          "scores of model " + model + ", but this detector runs " + rules.model().header());
    }
    int bytes = input.value() == null ? 0 : input.value().length;
    if (bytes != scores.length * Float.BYTES) {
      throw new IllegalArgumentException(
          "scores have " + bytes + " bytes, not " + scores.length * Float.BYTES);
    }
    ByteBuffer.wrap(input.value()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(scores);
  }

  private void publish(Event event, Record<byte[], byte[]> cause) {
    metrics.event(event.stream(), event.label(), event.state().name().toLowerCase(Locale.ROOT));
    context.forward(
        new Record<>(cause.key(), json.serialize(null, event), cause.timestamp()),
        EventTopology.EVENTS);
  }
}
