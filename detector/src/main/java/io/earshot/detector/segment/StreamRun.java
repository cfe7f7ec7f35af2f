package io.earshot.detector.segment;

import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.Segmenter;
import io.earshot.producer.frame.Frame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * One stream's current run: its order, its segmenter, and the frames kept for the segments to come.
 * Everything in it can be rebuilt from {@link KeptFrames}.
 */
final class StreamRun {
  private record Mark(long position, long end, long capturedMillis) {}

  private final String stream;
  private final String session;
  private final KeptFrames store;
  private final FrameOrder order;
  private final Segmenter segmenter;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private float[] samples = new float[0];

  private StreamRun(String stream, String session, KeptFrames store, Segmenter segmenter) {
    this.stream = stream;
    this.session = session;
    this.store = store;
    this.segmenter = segmenter;
    this.order = new FrameOrder(session);
  }

  /** A run that begins with {@code first}, which is yet to be {@link #add}ed. */
  static StreamRun begin(Frame first, KeptFrames store, LogMel logMel, int hopSamples) {
    String name = (first.session().isEmpty() ? "" : first.session() + ".") + first.captureMillis();
    Segmenter segmenter = new Segmenter(logMel, hopSamples, name);
    StreamRun run = new StreamRun(first.stream(), first.session(), store, segmenter);
    run.putRun();
    return run;
  }

  /** The run that the store holds for {@code stream}; null if none, or none with this hop. */
  static StreamRun restore(String stream, KeptFrames store, LogMel logMel, int hopSamples) {
    KeptFrames.Run saved = store.run(stream);
    if (saved == null) {
      return null;
    }
    List<PlacedFrame> kept = store.frames(stream, saved.session());
    if (saved.hopSamples() != hopSamples) {
      kept.forEach(frame -> store.delete(stream, frame.position()));
      store.deleteRun(stream);
      return null;
    }
    Segmenter segmenter = new Segmenter(logMel, hopSamples, saved.name(), saved.nextIndex());
    StreamRun run = new StreamRun(stream, saved.session(), store, segmenter);
    for (PlacedFrame next : kept) {
      // These frames complete no segment: one that they did complete has dropped them.
      run.feed(next, (segment, patch) -> {});
    }
    return run;
  }

  String name() {
    return segmenter.session();
  }

  FrameOrder.Verdict judge(Frame frame) {
    return order.judge(frame, marks.isEmpty() ? Long.MIN_VALUE : marks.getFirst().capturedMillis);
  }

  /** Whether this end of a stream is the run's: one without a session ends any. */
  boolean endsWith(Frame end) {
    return end.session().isEmpty() || end.session().equals(session);
  }

  /** Adds a frame that continues the run. */
  void add(Frame frame, Segmenter.Sink sink) {
    PlacedFrame placed = order.place(frame);
    long before = segmenter.nextIndex();
    store.put(stream, placed);
    feed(placed, sink);
    if (segmenter.nextIndex() > before) {
      putRun();
      dropUnneeded();
    }
  }

  /** Ends the run, and forgets all of it. */
  void finish(Segmenter.Sink sink) {
    segmenter.finish(sink);
    marks.forEach(mark -> store.delete(stream, mark.position));
    marks.clear();
    store.deleteRun(stream);
  }

  private void feed(PlacedFrame placed, Segmenter.Sink sink) {
    int count = placed.frame().samples();
    if (samples.length < count) {
      samples = new float[count];
    }
    placed.frame().decode(samples, 0);
    marks.add(new Mark(placed.position(), placed.end(), placed.capturedMillis()));
    order.accept(placed);
    segmenter.add(placed.position(), placed.capturedMillis() * 1000, samples, count, sink);
  }

  private void dropUnneeded() {
    while (marks.getFirst().end <= segmenter.nextStart()) {
      store.delete(stream, marks.removeFirst().position);
    }
  }

  private void putRun() {
    store.putRun(
        stream, new KeptFrames.Run(session, name(), segmenter.hopSamples(), segmenter.nextIndex()));
  }
}
