package io.earshot.detector.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.detector.broker.PromptCommit;
import io.earshot.detector.broker.PromptCommits;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.detector.segment.DeadLetter;
import io.earshot.detector.segment.SegmentHeaders;
import io.earshot.detector.segment.StreamTimeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scores in, events out, one instance a partition; called by its stream thread alone. */
final class EventProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger log = LoggerFactory.getLogger(EventProcessor.class);

  private final ScoreRecords records;
  private final StageMetrics metrics;
  private final Duration timeout;
  private final PromptCommits commits;
  private final AtomicBoolean warned;
  private final Serializer<Event> json = JsonSerde.of(Event.class).serializer();
  private final Serializer<Candidate> candidateJson = JsonSerde.of(Candidate.class).serializer();
  private KeyValueStore<String, TrackerState> states;
  private StreamTimeouts timeouts;
  private PromptCommit commit;
  private ProcessorContext<byte[], byte[]> context;

  /**
   * @param timeout how long a stream may be silent until it is forgotten
   * @param warned whether it was said that there are dead letters
   */
  EventProcessor(
      EventRules rules,
      Duration timeout,
      PromptCommits commits,
      PipelineMetrics metrics,
      AtomicBoolean warned) {
    this.records = new ScoreRecords(rules);
    this.metrics = new StageMetrics(metrics, rules);
    this.timeout = timeout;
    this.commits = commits;
    this.warned = warned;
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
    timeouts.forEach(metrics::left);
    commit.close();
  }

  @Override
  public void process(Record<byte[], byte[]> input) {
    try {
      track(input);
    } catch (IllegalArgumentException e) {
      if (warned.compareAndSet(false, true)) {
        log.warn("a dead letter in place of scores: {}; others are not told here", e.getMessage());
      }
      metrics.deadLetter("bad_scores");
      context.forward(
          DeadLetter.of(input, context, "bad_scores", e.getMessage()), EventTopology.DEAD_LETTERS);
    }
  }

  private void track(Record<byte[], byte[]> input) {
    String stream = SegmentHeaders.stream(input.key());
    TrackerState kept = states.get(stream);
    TrackerState state = kept == null ? TrackerState.EMPTY : kept;
    EventTracker.Tracked tracked = records.track(state, stream, input.headers(), input.value());
    if (tracked.repeated()) {
      metrics.repeated(stream);
    } else if (kept != null || !SegmentHeaders.isEnd(input.headers())) {
      remember(stream, tracked.state());
      report(stream, tracked.state(), input.headers());
      publish(stream, tracked, input.timestamp());
    }
  }

  private void remember(String stream, TrackerState state) {
    states.put(stream, state);
    timeouts.heard(stream);
  }

  private void report(String stream, TrackerState state, Headers headers) {
    if (records.hasScores()) {
      metrics.scored(stream, state, records.scores());
    } else if (SegmentHeaders.isEnd(headers)) {
      metrics.ended(stream);
    }
  }

  private void publish(String stream, EventTracker.Tracked tracked, long timestamp) {
    byte[] key = stream.getBytes(US_ASCII);
    long now = System.currentTimeMillis();
    for (Event event : tracked.events()) {
      context.forward(
          new Record<>(key, json.serialize(null, event), timestamp), EventTopology.EVENTS);
      commit.forwarded();
      metrics.published(event, tracked.state(), now);
    }
    // Nobody waits for these: they come with the next commit.
    for (Candidate candidate : tracked.candidates()) {
      metrics.rejected(candidate);
      context.forward(
          new Record<>(key, candidateJson.serialize(null, candidate), time(candidate, timestamp)),
          EventTopology.CANDIDATES);
    }
  }

  /**
   * Whoever looks for a time reads on from the first record of that time. Of an event that was told
   * when it began; what became none is told once, maybe after its clock was set back.
   */
  private static long time(Candidate candidate, long timestamp) {
    return Math.max(timestamp, Instant.parse(candidate.onset()).toEpochMilli());
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
        publish(stream, records.timeOut(state, stream), state.lastMillis());
        states.delete(stream);
        metrics.ended(stream);
      }
    }
  }
}
