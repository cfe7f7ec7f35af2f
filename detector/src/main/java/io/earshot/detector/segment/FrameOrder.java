package io.earshot.detector.segment;

import io.earshot.models.feature.LogMel;
import io.earshot.producer.frame.Frame;
import java.util.Locale;

/**
 * Says where each frame of a stream belongs: in the run, after a gap, in a new run, or nowhere.
 *
 * <p>With {@code seq} the number decides, without it the capture time does, and so it does where
 * the numbers begin again. A gap of up to 200 ms stays in the run; a longer one, a new session or a
 * clock that was set starts a new run. Pure.
 */
final class FrameOrder {
  /** What to do with a frame. */
  enum Verdict {
    /** It goes on where the last one ended, or after the gap that {@link #place} gave it. */
    CONTINUES,
    NEW_RUN,
    /** Its sound is here already. */
    DUPLICATE,
    /** Its place has passed: the segment that it belongs to is gone. */
    LATE,
    /** The stream belongs to another session, see {@link StreamOwner}. */
    OTHER_SESSION;

    /** Its name outside this program. */
    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final long MAX_GAP_MILLIS = 200;
  private static final long MAX_GAP_SAMPLES = MAX_GAP_MILLIS * LogMel.SAMPLE_RATE / 1000;

  /** A capture time further back than this is a clock that was set, not a frame that is late. */
  private static final long CLOCK_STEP_MILLIS = 10_000;

  /**
   * Unnumbered frames that were held back and came together may be this far ahead of their stamp.
   */
  private static final long MAX_BURST_MILLIS = 2_000;

  private final StreamOwner owner;

  /** The last frame of the run; null before the first. */
  private PlacedFrame last;

  /** The order of a run whose first frame is yet to come. */
  FrameOrder(StreamOwner owner) {
    this.owner = owner;
  }

  /** Records that a frame stands at its place. */
  void accept(PlacedFrame frame) {
    last = frame;
  }

  /**
   * @param tailMillis capture time of the oldest frame still kept
   */
  Verdict judge(Frame frame, long tailMillis) {
    if (!frame.session().equals(owner.session())) {
      boolean yields = owner.yieldsTo(frame.session(), millis(last.end()), lead(frame));
      return yields ? Verdict.NEW_RUN : Verdict.OTHER_SESSION;
    }
    boolean numbered = numbered(frame) && !countsAnew(frame);
    if (numbered && missingFrames(frame) < 0) {
      return passed(frame, tailMillis);
    }
    if (lead(frame) > MAX_GAP_MILLIS) {
      return Verdict.NEW_RUN;
    }
    long back = last.frame().captureMillis() - frame.captureMillis();
    if (back > MAX_GAP_MILLIS) {
      return numbered || back > CLOCK_STEP_MILLIS ? Verdict.NEW_RUN : passed(frame, tailMillis);
    }
    return numbered && missingFrames(frame) > MAX_GAP_SAMPLES / Math.max(1, last.frame().samples())
        ? Verdict.NEW_RUN
        : Verdict.CONTINUES;
  }

  /** The place of a frame that begins or continues the run. */
  PlacedFrame place(Frame frame) {
    if (last == null) {
      return new PlacedFrame(0, frame.captureMillis(), frame);
    }
    if (numbered(frame) && !countsAnew(frame)) {
      long missing = missingFrames(frame) * last.frame().samples();
      return new PlacedFrame(last.end() + missing, frame.captureMillis(), frame);
    }
    long lead = lead(frame);
    boolean lost = lead * 1000 >= frame.durationMicros() * 3 / 4 && lead > 0;
    long missing = lost ? lead * LogMel.SAMPLE_RATE / 1000 : 0;
    return new PlacedFrame(last.end() + missing, capturedMillis(frame), frame);
  }

  /** Frames of one burst carry one stamp; each was captured after the one before it. */
  private long capturedMillis(Frame frame) {
    long latest = frame.captureMillis() + MAX_BURST_MILLIS;
    return Math.min(Math.max(frame.captureMillis(), expectedMillis()), latest);
  }

  private boolean numbered(Frame frame) {
    return frame.seq() >= 0 && last.frame().seq() >= 0;
  }

  /** Whether the numbers began again, or wrapped, while the clock went on. */
  private boolean countsAnew(Frame frame) {
    // A frame under a millisecond ends in the millisecond that it begins in.
    return missingFrames(frame) < 0
        && frame.captureMillis() >= Math.max(last.frame().captureMillis() + 1, expectedMillis());
  }

  private long missingFrames(Frame frame) {
    return frame.seq() - last.frame().seq() - 1;
  }

  /** How much later than expected the frame was captured: sound that is missing before it. */
  private long lead(Frame frame) {
    return frame.captureMillis() - expectedMillis();
  }

  private long expectedMillis() {
    return last.capturedMillis() + millis(last.frame().samples());
  }

  private static long millis(long samples) {
    return samples * 1000 / LogMel.SAMPLE_RATE;
  }

  private static Verdict passed(Frame frame, long tailMillis) {
    return frame.captureMillis() < tailMillis ? Verdict.LATE : Verdict.DUPLICATE;
  }
}
