package io.earshot.detector.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.detector.broker.PromptCommit;
import io.earshot.detector.broker.PromptCommits;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.detector.segment.DeadLetter;
import io.earshot.detector.segment.SegmentHeaders;
import io.earshot.detector.segment.StreamTimeouts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Scores in, events out, one instance a partition; called by its stream thread alone. */
final class EventProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  /** Of networks that end in a softmax. */
  private static final float ROUNDING = 1e-4f;

  private final EventRules rules;
  private final EventTracker tracker;
  private final PipelineMetrics metrics;
  private final Duration timeout;
  private final PromptCommits commits;
  private final float[] scores;
  private final Serializer<Event> json = JsonSerde.of(Event.class).serializer();
  private KeyValueStore<String, TrackerState> states;
  private StreamTimeouts timeouts;
  private PromptCommit commit;
  private ProcessorContext<byte[], byte[]> context;

  /**
   * @param timeout how long a stream may be silent until it is forgotten
   */
  EventProcessor(
      EventRules rules, Duration timeout, PromptCommits commits, PipelineMetrics metrics) {
    this.rules = rules;
    this.tracker = new EventTracker(rules);
    this.metrics = metrics;
    this.timeout = timeout;
    this.commits = commits;
    this.scores = new float[rules.size()];
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    states = context.getStateStore(EventTopology.STORE);
    timeouts = new StreamTimeouts(context, timeout, new Timed());
    commit = commits.of(context);
  }

  @Override
  public void close() {
    timeouts.close();
    commit.close();
  }

  @Override
  public void process(Record<byte[], byte[]> input) {
    try {
      track(input);
    } catch (IllegalArgumentException e) {
      metrics.deadLetter("bad_scores");
      context.forward(
          DeadLetter.of(input, context, "bad_scores", e.getMessage()), EventTopology.DEAD_LETTERS);
    }
  }

  private void track(Record<byte[], byte[]> input) {
    String stream = SegmentHeaders.stream(input.key());
    TrackerState kept = states.get(stream);
    TrackerState state = kept == null ? TrackerState.EMPTY : kept;
    EventTracker.Tracked tracked = track(state, stream, input);
    if (tracked.repeated()) {
      metrics.segmentDropped(stream);
    } else if (kept != null || !SegmentHeaders.isEnd(input.headers())) {
      remember(stream, tracked.state());
      tracked.events().forEach(event -> publish(event, input.timestamp()));
    }
  }

  private void remember(String stream, TrackerState state) {
    states.put(stream, state);
    timeouts.heard(stream);
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
          "scores of model %s, but this detector runs %s"
              .formatted(SegmentHeaders.printable(model), rules.model().header()));
    }
    int bytes = input.value() == null ? 0 : input.value().length;
    if (bytes != scores.length * Float.BYTES) {
      throw new IllegalArgumentException(
          "scores have " + bytes + " bytes, not " + scores.length * Float.BYTES);
    }
    ByteBuffer.wrap(input.value()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(scores);
    for (float score : scores) {
      if (!(score >= -ROUNDING && score <= 1 + ROUNDING)) {
        throw new IllegalArgumentException("scores hold " + score + ", allowed: 0 to 1");
      }
    }
  }

  private void publish(Event event, long timestamp) {
    metrics.event(event.stream(), event.label(), event.state().name().toLowerCase(Locale.ROOT));
    byte[] key = event.stream().getBytes(US_ASCII);
    context.forward(
        new Record<>(key, json.serialize(null, event), timestamp), EventTopology.EVENTS);
    commit.forwarded();
  }

  /** Streams of this task, for their timeouts. */
  private final class Timed implements StreamTimeouts.Streams {
    @Override
    public void forEach(Consumer<String> action) {
      try (KeyValueIterator<String, TrackerState> all = states.all()) {
        while (all.hasNext()) {
          action.accept(all.next().key);
        }
      }
    }

    /** What is still open has lost its end: a crash under at_least_once, or a stranger's scores. */
    @Override
    public void timeOut(String stream) {
      TrackerState state = states.get(stream);
      if (state != null) {
        tracker.close(state, stream).forEach(event -> publish(event, state.lastMillis()));
        states.delete(stream);
      }
    }
  }
}
