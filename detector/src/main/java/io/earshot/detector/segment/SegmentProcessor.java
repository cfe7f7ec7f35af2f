package io.earshot.detector.segment;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.detector.broker.PromptCommit;
import io.earshot.detector.broker.PromptCommits;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.Segment;
import io.earshot.producer.frame.BadFrameException;
import io.earshot.producer.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames in, patches out, one instance a partition; called by that partition's stream thread alone.
 *
 * <p>What is in memory can be rebuilt from the stores, when the task has moved or was rolled back.
 * A stream that sends nothing for the timeout is finished as at an end, and leaves both.
 */
final class SegmentProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger log = LoggerFactory.getLogger(SegmentProcessor.class);
  private static final byte[] NOTHING = {};

  /** Of all streams of the task: thousands may have the same fault. */
  private static final long WARNING_MILLIS = 60_000;

  private final SegmentSettings settings;
  private final PromptCommits commits;
  private final PipelineMetrics metrics;
  private KeptFrames store;
  private StreamRuns runs;
  private StreamTimeouts timeouts;
  private PromptCommit commit;
  private ProcessorContext<byte[], byte[]> context;
  private long nextWarningMillis;

  SegmentProcessor(SegmentSettings settings, PromptCommits commits, PipelineMetrics metrics) {
    this.settings = settings;
    this.commits = commits;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    store =
        new KeptFrames(
            context.getStateStore(SegmentTopology.FRAME_STORE),
            context.getStateStore(SegmentTopology.RUN_STORE));
    LogMel logMel = new LogMel(settings.logOffset());
    runs = new StreamRuns(new RunResources(store, logMel, settings.hopSamples()));
    timeouts = new StreamTimeouts(context, settings.streamTimeout(), new Timed());
    commit = commits.of(context);
  }

  @Override
  public void close() {
    timeouts.close();
    timeouts.forEach(metrics::segmentsLeft);
    commit.close();
  }

  @Override
  public void process(Record<byte[], byte[]> input) {
    try {
      long timestamp = FrameTimestamps.original(input.timestamp(), input.headers());
      accept(Frame.read(input.key(), input.value(), input.headers(), timestamp));
    } catch (BadFrameException e) {
      metrics.deadLetter(e.reason().code());
      context.forward(
          DeadLetter.of(input, context, e.reason().code(), e.getMessage()),
          SegmentTopology.DEAD_LETTERS);
    }
  }

  private void accept(Frame frame) {
    StreamRun run = runs.get(frame.stream(), context.currentSystemTimeMs());
    if (frame.samples() == 0) {
      acceptBareEnd(frame, run);
      return;
    }
    FrameOrder.Verdict verdict = run == null ? FrameOrder.Verdict.NEW_RUN : run.judge(frame);
    if (verdict == FrameOrder.Verdict.NEW_RUN) {
      run = begin(frame, run);
      add(frame, run);
    } else if (verdict == FrameOrder.Verdict.CONTINUES) {
      add(frame, run);
    } else {
      drop(frame, verdict);
      // Only a run in memory knows how many it has refused in a row.
      runs.keep(frame.stream(), run, context.currentSystemTimeMs());
    }
    if (frame.end() && verdict != FrameOrder.Verdict.OTHER_SESSION) {
      end(frame, run);
    }
  }

  private void acceptBareEnd(Frame frame, StreamRun run) {
    if (run == null || run.endsWith(frame)) {
      end(frame, run);
    } else {
      metrics.frameDropped(frame.stream(), FrameOrder.Verdict.LATE.code());
    }
  }

  private StreamRun begin(Frame frame, StreamRun before) {
    if (before == null) {
      return runs.begin(RunName.first(frame, offset()), frame, StreamOwner.first(frame.session()));
    }
    metrics.gap(frame.stream());
    FrameOrder.ClockStep step = before.clockStep(frame);
    if (step != null) {
      metrics.clockJumped(frame.stream(), step.code());
    }
    String name = before.nextName(frame, offset());
    finish(before, frame.stream());
    return runs.begin(name, frame, before.nextOwner(frame));
  }

  private long offset() {
    return context.recordMetadata().map(RecordMetadata::offset).orElse(0L);
  }

  private void add(Frame frame, StreamRun run) {
    metrics.frame(frame.stream(), frame.pcm().length);
    run.add(frame, (segment, patch) -> forward(frame.stream(), segment, patch));
    runs.keep(frame.stream(), run, context.currentSystemTimeMs());
    timeouts.heard(frame.stream());
  }

  private void drop(Frame frame, FrameOrder.Verdict verdict) {
    metrics.frameDropped(frame.stream(), verdict.code());
    long now = context.currentSystemTimeMs();
    if (verdict == FrameOrder.Verdict.OTHER_SESSION && now >= nextWarningMillis) {
      nextWarningMillis = now + WARNING_MILLIS;
      log.warn(
          "stream {}: two producers send under this id; frames of session '{}' are dropped",
          frame.stream(),
          frame.session());
    }
  }

  private void end(Frame frame, StreamRun run) {
    if (run != null) {
      finish(run, frame.stream());
    }
    forget(frame.stream());
    metrics.streamEnded(frame.stream());
    Headers headers = SegmentHeaders.end(run == null ? frame.session() : run.name());
    forward(frame.stream(), NOTHING, frame.captureMillis(), headers);
  }

  private void forget(String stream) {
    runs.forget(stream);
    timeouts.forget(stream);
  }

  private void finish(StreamRun run, String stream) {
    run.finish((segment, patch) -> forward(stream, segment, patch));
  }

  private void forward(String stream, Segment segment, float[] patch) {
    ByteBuffer value = ByteBuffer.allocate(patch.length * Float.BYTES);
    value.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(patch);
    metrics.patch(stream, segment);
    long millis = Math.floorDiv(segment.startMicros(), 1000);
    Headers headers = SegmentHeaders.of(segment);
    OriginHeaders.add(headers, settings);
    forward(stream, value.array(), Math.max(0, millis), headers);
  }

  private void forward(String stream, byte[] value, long timestamp, Headers headers) {
    context.forward(
        new Record<>(stream.getBytes(US_ASCII), value, timestamp, headers),
        SegmentTopology.PATCHES);
    commit.forwarded();
  }

  /** Streams of this task, for their timeouts. */
  private final class Timed implements StreamTimeouts.Streams {
    @Override
    public void forEach(Consumer<String> action) {
      store.forEachStream(action);
    }

    @Override
    public void tick(long nowMillis) {
      runs.rest(nowMillis);
    }

    @Override
    public void timeOut(String stream) {
      StreamRun run = runs.get(stream, context.currentSystemTimeMs());
      runs.forget(stream);
      if (run != null) {
        metrics.streamTimedOut(stream);
        metrics.streamEnded(stream);
        long lastMillis = run.lastMillis();
        finish(run, stream);
        forward(stream, NOTHING, lastMillis, SegmentHeaders.silence(run.name()));
      }
    }
  }
}
