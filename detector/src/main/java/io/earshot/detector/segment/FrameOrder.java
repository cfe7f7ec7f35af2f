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
 *
 * <p>A clock that was set back: at once a new run, where numbers go on or where it is more than 10
 * s; else the frames look like late ones, until they have followed one another for two seconds.
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

  /** How the clock of a stream was set. */
  enum ClockStep {
    FORWARD,
    BACKWARD;

    /** Its name outside this program. */
    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final long MAX_GAP_MILLIS = 200;
  private static final long MAX_GAP_SAMPLES = MAX_GAP_MILLIS * LogMel.SAMPLE_RATE / 1000;

  /** A capture time further back than this is a clock that was set, not a frame that is late. */
  private static final long CLOCK_STEP_MILLIS = 10_000;

  /**
   * Unnumbered frames that were held back and came together may be this far ahead of their stamp.
   */
  private static final long MAX_BURST_MILLIS = 2_000;

  /** At each new stamp; of frames of 100 ms that is a clock that is wrong by a hundredth. */
  private static final long DRAW_BACK_MILLIS = 1;

  /** Frames that have looked late for so long, one after the other, are the stream's present. */
  private static final long STEADY_MILLIS = 2_000;

  /**
   * Without numbers a gap and a clock that was set forward look alike; Kafka keeps no sound of such
   * a gap.
   */
  private static final long LONGEST_GAP_MILLIS = 86_400_000;

  private final StreamOwner owner;
  private final RefusedFrames refused = new RefusedFrames();

  /** The last frame of the run; null before the first. */
  private PlacedFrame last;

  /** The order of a run whose first frame is yet to come. */
  FrameOrder(StreamOwner owner) {
    this.owner = owner;
  }

  /** Records that a frame stands at its place. */
  void accept(PlacedFrame frame) {
    last = frame;
    refused.clear();
  }

  /**
   * @param tailMillis capture time of the oldest frame still kept
   */
  Verdict judge(Frame frame, long tailMillis) {
    Verdict verdict = verdict(frame, tailMillis);
    if (verdict != Verdict.CONTINUES && verdict != Verdict.NEW_RUN) {
      refused.add(frame);
    }
    return verdict;
  }

  private Verdict verdict(Frame frame, long tailMillis) {
    if (!frame.session().equals(owner.session())) {
      // By the other's clock, or by how much of it has come since the owner was heard.
      long silent = Math.max(lead(frame), refused.soundMillis(frame.session()));
      boolean yields = owner.yieldsTo(frame.session(), millis(last.end()), silent);
      return yields ? Verdict.NEW_RUN : Verdict.OTHER_SESSION;
    }
    boolean numbered = numbered(frame) && !countsAnew(frame);
    if (numbered && missingFrames(frame) < 0) {
      return isReplay(frame) ? passed(frame, tailMillis) : passedUnlessSteady(frame, tailMillis);
    }
    if (lead(frame) > MAX_GAP_MILLIS) {
      return Verdict.NEW_RUN;
    }
    long back = last.frame().captureMillis() - frame.captureMillis();
    if (back > MAX_GAP_MILLIS) {
      boolean set = numbered || back > CLOCK_STEP_MILLIS;
      return set ? Verdict.NEW_RUN : passedUnlessSteady(frame, tailMillis);
    }
    return numbered && missingFrames(frame) > MAX_GAP_SAMPLES / Math.max(1, last.frame().samples())
        ? Verdict.NEW_RUN
        : Verdict.CONTINUES;
  }

  /** How the clock was set before a frame that begins a new run; null if it was not. */
  ClockStep clockStep(Frame frame) {
    boolean sameSession = frame.session().equals(owner.session());
    boolean counted = sameSession && numbered(frame) && missingFrames(frame) >= 0;
    long lead = lead(frame);
    if (counted && lead > MAX_GAP_MILLIS + missingFrames(frame) * (double) lastMillis()) {
      return ClockStep.FORWARD;
    }
    if (lead > LONGEST_GAP_MILLIS && !counted) {
      return ClockStep.FORWARD;
    }
    return lead < -(sameSession ? MAX_GAP_MILLIS : CLOCK_STEP_MILLIS) ? ClockStep.BACKWARD : null;
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

  /**
   * Frames of one burst carry one stamp; each was captured after the one before it. Where stamps go
   * on, they draw the reckoned time back a little at each, or it would run away from a clock that
   * is slower than the samples.
   */
  private long capturedMillis(Frame frame) {
    long stamp = frame.captureMillis();
    long reckoned =
        expectedMillis() - (stamp > last.frame().captureMillis() ? DRAW_BACK_MILLIS : 0);
    return Math.min(Math.max(stamp, reckoned), stamp + MAX_BURST_MILLIS);
  }

  /** Whether the frame's time is the one at which the run had its number. */
  private boolean isReplay(Frame frame) {
    double then = last.frame().captureMillis() + (missingFrames(frame) + 1.0) * lastMillis();
    return Math.abs(frame.captureMillis() - then) <= CLOCK_STEP_MILLIS;
  }

  private Verdict passedUnlessSteady(Frame frame, long tailMillis) {
    return refused.steadyMillis(frame) >= STEADY_MILLIS
        ? Verdict.NEW_RUN
        : passed(frame, tailMillis);
  }

  private long lastMillis() {
    return millis(last.frame().samples());
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
    return last.capturedMillis() + lastMillis();
  }

  private static long millis(long samples) {
    return samples * 1000 / LogMel.SAMPLE_RATE;
  }

  private static Verdict passed(Frame frame, long tailMillis) {
    return frame.captureMillis() < tailMillis ? Verdict.LATE : Verdict.DUPLICATE;
  }
}
