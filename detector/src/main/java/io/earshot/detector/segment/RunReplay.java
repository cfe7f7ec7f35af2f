package io.earshot.detector.segment;

import io.earshot.producer.frame.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the detector had the frames of a stream, found out again from the frames alone.
 *
 * <pre>{@code
 * RunReplay replay = new RunReplay();
 * RunReplay.Place place = replay.add(frame, offset); // null: the detector dropped it
 * String run = replay.name(place.run());
 * }</pre>
 *
 * <p>Frames come in Kafka's order. A replay that begins in the middle of a run cannot know how that
 * one is named; it knows the names of those that follow. Pure. Not thread-safe.
 */
public final class RunReplay {
  /**
   * A frame's place.
   *
   * @param run counted from 0, in the order in which they began
   * @param position of its first sample in the run
   * @param capturedMillis when that was captured
   */
  public record Place(int run, long position, long capturedMillis) {}

  private final List<String> names = new ArrayList<>();

  /** Null where no run goes on. */
  private FrameOrder order;

  private StreamOwner owner;
  private PlacedFrame last;

  /**
   * Takes the next frame.
   *
   * @param offset of its record
   * @return its place; null if the detector did not hear it
   */
  public Place add(Frame frame, long offset) {
    if (frame.samples() == 0) {
      endWith(frame);
      return null;
    }
    FrameOrder.Verdict verdict = judge(frame);
    Place place = null;
    if (verdict == FrameOrder.Verdict.NEW_RUN) {
      begin(frame, offset);
      place = place(frame);
    } else if (verdict == FrameOrder.Verdict.CONTINUES) {
      place = place(frame);
    }
    if (frame.end() && verdict != FrameOrder.Verdict.OTHER_SESSION) {
      order = null;
    }
    return place;
  }

  /** The name of a run, right where its first frame was the stream's first or followed another. */
  public String name(int run) {
    return names.get(run);
  }

  private FrameOrder.Verdict judge(Frame frame) {
    // Whether a frame is late or a duplicate is all the same here.
    return order == null ? FrameOrder.Verdict.NEW_RUN : order.judge(frame, Long.MIN_VALUE);
  }

  private void begin(Frame frame, long offset) {
    boolean follows = order != null && frame.session().equals(owner.session());
    names.add(
        follows
            ? RunName.after(last.capturedMillis(), frame, offset)
            : RunName.first(frame, offset));
    owner = order == null ? StreamOwner.first(frame.session()) : owner.passTo(frame.session());
    order = new FrameOrder(owner);
  }

  private Place place(Frame frame) {
    last = order.place(frame);
    order.accept(last);
    return new Place(names.size() - 1, last.position(), last.capturedMillis());
  }

  private void endWith(Frame end) {
    boolean owned = end.session().isEmpty() || order == null;
    if (owned || end.session().equals(owner.session())) {
      order = null;
    }
  }
}
