package io.earshot.detector.segment;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.Segment;
import io.earshot.producer.frame.BadFrameException;
import io.earshot.producer.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Frames in, patches out, one instance a partition; called by that partition's stream thread alone.
 *
 * <p>Streams' objects live in memory and are rebuilt from the stores when the task has moved or was
 * rolled back.
 */
final class SegmentProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private final SegmentSettings settings;
  private final PipelineMetrics metrics;
  private final Map<String, StreamRun> runs = new HashMap<>();
  private LogMel logMel;
  private KeptFrames store;
  private ProcessorContext<byte[], byte[]> context;

  SegmentProcessor(SegmentSettings settings, PipelineMetrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    logMel = new LogMel(settings.logOffset());
    store =
        new KeptFrames(
            context.getStateStore(SegmentTopology.FRAME_STORE),
            context.getStateStore(SegmentTopology.RUN_STORE));
    runs.clear();
  }

  @Override
  public void process(Record<byte[], byte[]> input) {
    try {
      long timestamp = FrameTimestamps.original(input.timestamp(), input.headers());
      accept(Frame.read(input.key(), input.value(), input.headers(), timestamp));
    } catch (BadFrameException e) {
      metrics.deadLetter(e.reason().code());
      context.forward(
          DeadLetter.of(input, context.recordMetadata(), e.reason().code(), e.getMessage()),
          SegmentTopology.DEAD_LETTERS);
    }
  }

  private void accept(Frame frame) {
    StreamRun run = runs.get(frame.stream());
    if (run == null) {
      run = StreamRun.restore(frame.stream(), store, logMel, settings.hopSamples());
    }
    if (frame.samples() > 0) {
      run = accept(frame, run);
    } else if (run != null && !run.endsWith(frame)) {
      drop(frame, FrameOrder.Verdict.LATE);
      return;
    }
    if (frame.end()) {
      end(frame, run);
    } else {
      runs.put(frame.stream(), run);
    }
  }

  private StreamRun accept(Frame frame, StreamRun current) {
    StreamRun run = current;
    FrameOrder.Verdict verdict = run == null ? FrameOrder.Verdict.NEW_RUN : run.judge(frame);
    if (verdict == FrameOrder.Verdict.NEW_RUN) {
      if (run != null) {
        metrics.gap(frame.stream());
        finish(run, frame.stream());
      }
      run = StreamRun.begin(frame, store, logMel, settings.hopSamples());
    } else if (verdict != FrameOrder.Verdict.CONTINUES) {
      drop(frame, verdict);
      return run;
    }
    metrics.frame(frame.stream(), frame.pcm().length);
    run.add(frame, (segment, patch) -> forward(frame.stream(), segment, patch));
    return run;
  }

  private void drop(Frame frame, FrameOrder.Verdict verdict) {
    metrics.frameDropped(frame.stream(), verdict.name().toLowerCase(Locale.ROOT));
  }

  private void end(Frame frame, StreamRun run) {
    if (run != null) {
      finish(run, frame.stream());
    }
    runs.remove(frame.stream());
    Headers headers = SegmentHeaders.end(run == null ? frame.session() : run.name());
    forward(frame.stream(), new byte[0], frame.captureMillis(), headers);
  }

  private void finish(StreamRun run, String stream) {
    run.finish((segment, patch) -> forward(stream, segment, patch));
  }

  private void forward(String stream, Segment segment, float[] patch) {
    ByteBuffer value = ByteBuffer.allocate(patch.length * Float.BYTES);
    value.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(patch);
    metrics.patch(stream, segment);
    long millis = Math.floorDiv(segment.startMicros(), 1000);
    forward(stream, value.array(), Math.max(0, millis), SegmentHeaders.of(segment));
  }

  private void forward(String stream, byte[] value, long timestamp, Headers headers) {
    context.forward(
        new Record<>(stream.getBytes(US_ASCII), value, timestamp, headers),
        SegmentTopology.PATCHES);
  }
}
