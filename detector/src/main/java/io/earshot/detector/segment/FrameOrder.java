package io.earshot.detector.segment;

import io.earshot.models.feature.LogMel;
import io.earshot.producer.frame.Frame;

/**
 * Says where each frame of a stream belongs: in the run, after a gap, in a new run, or nowhere.
 *
 * <p>With {@code seq} the number decides, without it the capture time does. A gap of up to 200 ms
 * stays in the run; a longer one, a new session or a clock that was set starts a new run. Pure.
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
    LATE
  }

  private static final long MAX_GAP_MILLIS = 200;
  private static final long MAX_GAP_SAMPLES = MAX_GAP_MILLIS * LogMel.SAMPLE_RATE / 1000;

  /** A capture time further back than this is a clock that was set, not a frame that is late. */
  private static final long CLOCK_STEP_MILLIS = 10_000;

  private final String session;
  private boolean begun;
  private long nextPosition;
  private long nextSeq;
  private int lastSamples;
  private long lastCaptureMillis;

  /** The order of a run in {@code session}, whose first frame is yet to come. */
  FrameOrder(String session) {
    this.session = session;
  }

  /** Records that {@code frame} stands at {@code position}. */
  void accept(Frame frame, long position) {
    begun = true;
    nextPosition = position + frame.samples();
    nextSeq = frame.seq() < 0 ? -1 : frame.seq() + 1;
    lastSamples = frame.samples();
    lastCaptureMillis = frame.captureMillis();
  }

  /**
   * @param tailMillis capture time of the oldest frame still kept
   */
  Verdict judge(Frame frame, long tailMillis) {
    if (!frame.session().equals(session)) {
      return Verdict.NEW_RUN;
    }
    boolean numbered = frame.seq() >= 0 && nextSeq >= 0;
    if (numbered && frame.seq() < nextSeq) {
      // A frame under a millisecond ends in the millisecond that it begins in.
      boolean clockWentOn =
          frame.captureMillis() >= Math.max(lastCaptureMillis + 1, expectedMillis());
      return clockWentOn ? Verdict.NEW_RUN : passed(frame, tailMillis);
    }
    if (lead(frame) > MAX_GAP_MILLIS) {
      return Verdict.NEW_RUN;
    }
    long back = lastCaptureMillis - frame.captureMillis();
    if (back > MAX_GAP_MILLIS) {
      return numbered || back > CLOCK_STEP_MILLIS ? Verdict.NEW_RUN : passed(frame, tailMillis);
    }
    return numbered && missingFrames(frame) > MAX_GAP_SAMPLES / Math.max(1, lastSamples)
        ? Verdict.NEW_RUN
        : Verdict.CONTINUES;
  }

  /** The position of a frame that begins or continues the run. */
  long place(Frame frame) {
    if (!begun) {
      return 0;
    }
    if (frame.seq() >= 0 && nextSeq >= 0) {
      return nextPosition + missingFrames(frame) * lastSamples;
    }
    long lead = lead(frame);
    boolean lost = lead * 1000 >= frame.durationMicros() * 3 / 4 && lead > 0;
    return nextPosition + (lost ? lead * LogMel.SAMPLE_RATE / 1000 : 0);
  }

  private long missingFrames(Frame frame) {
    return frame.seq() - nextSeq;
  }

  /** How much later than expected the frame was captured: sound that is missing before it. */
  private long lead(Frame frame) {
    return frame.captureMillis() - expectedMillis();
  }

  private long expectedMillis() {
    return lastCaptureMillis + lastSamples * 1000L / LogMel.SAMPLE_RATE;
  }

  private static Verdict passed(Frame frame, long tailMillis) {
    return frame.captureMillis() < tailMillis ? Verdict.LATE : Verdict.DUPLICATE;
  }
}
