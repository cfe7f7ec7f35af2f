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
  private final StreamOwner owner;
  private final RunResources resources;
  private final FrameOrder order;
  private final Segmenter segmenter;
  private final Deque<Mark> marks = new ArrayDeque<>();

  private StreamRun(String stream, StreamOwner owner, RunResources resources, Segmenter segmenter) {
    this.stream = stream;
    this.owner = owner;
    this.resources = resources;
    this.segmenter = segmenter;
    this.order = new FrameOrder(owner);
  }

  /** A run that begins with {@code first}, which is yet to be {@link #add}ed. */
  static StreamRun begin(String name, Frame first, StreamOwner owner, RunResources resources) {
    Segmenter segmenter = new Segmenter(resources.logMel, resources.hopSamples, name);
    resources.store.deleteFrames(first.stream());
    StreamRun run = new StreamRun(first.stream(), owner, resources, segmenter);
    run.putRun();
    return run;
  }

  /** The run that the store holds for {@code stream}; null if none, or none that can go on. */
  static StreamRun restore(String stream, RunResources resources) {
    KeptFrames store = resources.store;
    KeptFrames.Run saved = store.run(stream);
    if (saved == null) {
      return null;
    }
    List<PlacedFrame> kept = store.frames(stream, saved.owner().session());
    if (saved.hopSamples() != resources.hopSamples || kept.isEmpty()) {
      store.deleteFrames(stream);
      store.deleteRun(stream);
      return null;
    }
    Segmenter segmenter =
        new Segmenter(resources.logMel, resources.hopSamples, saved.name(), saved.nextIndex());
    StreamRun run = new StreamRun(stream, saved.owner(), resources, segmenter);
    for (PlacedFrame next : kept) {
      // These frames complete no segment: one that they did complete has dropped them.
      run.feed(next, (segment, patch) -> {});
    }
    return run;
  }

  String name() {
    return segmenter.session();
  }

  /** The owner of the run that would begin with this frame. */
  StreamOwner nextOwner(Frame frame) {
    return owner.passTo(frame.session());
  }

  /** The name of the run that would begin with this frame, which has this offset in Kafka. */
  String nextName(Frame frame, long offset) {
    return frame.session().equals(owner.session())
        ? RunName.after(lastMillis(), frame, offset)
        : RunName.first(frame, offset);
  }

  /** When the last frame was captured. */
  long lastMillis() {
    return marks.getLast().capturedMillis;
  }

  /** How the clock was set before a frame that begins a new run; null if it was not. */
  FrameOrder.ClockStep clockStep(Frame frame) {
    return order.clockStep(frame);
  }

  FrameOrder.Verdict judge(Frame frame) {
    return order.judge(frame, marks.getFirst().capturedMillis);
  }

  /** Whether this end of a stream is the run's: one without a session ends any. */
  boolean endsWith(Frame end) {
    return end.session().isEmpty() || end.session().equals(owner.session());
  }

  /** Adds a frame that continues the run. */
  void add(Frame frame, Segmenter.Sink sink) {
    PlacedFrame placed = order.place(frame);
    long before = segmenter.nextIndex();
    resources.store.put(stream, placed);
    feed(placed, sink);
    if (segmenter.nextIndex() > before) {
      putRun();
      dropUnneeded();
    }
  }

  /** Ends the run, and forgets all of it. Less sound than one window has no spectrum to score. */
  void finish(Segmenter.Sink sink) {
    if (marks.getLast().end >= LogMel.WINDOW_SAMPLES) {
      segmenter.finish(sink);
    }
    marks.forEach(mark -> resources.store.delete(stream, mark.position));
    marks.clear();
    resources.store.deleteRun(stream);
  }

  private void feed(PlacedFrame placed, Segmenter.Sink sink) {
    marks.add(new Mark(placed.position(), placed.end(), placed.capturedMillis()));
    order.accept(placed);
    segmenter.add(
        placed.position(),
        placed.capturedMillis() * 1000,
        resources.decode(placed.frame()),
        placed.frame().samples(),
        sink);
  }

  private void dropUnneeded() {
    while (marks.getFirst().end <= segmenter.nextStart()) {
      resources.store.delete(stream, marks.removeFirst().position);
    }
  }

  private void putRun() {
    resources.store.putRun(
        stream, new KeptFrames.Run(owner, name(), segmenter.hopSamples(), segmenter.nextIndex()));
  }
}
