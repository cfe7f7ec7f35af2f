package io.earshot.detector.segment;

import io.earshot.producer.frame.Frame;

/**
 * The frames in a row that had no place: a few are strays or were sent twice, seconds of them are
 * the stream itself, whose clock was set or whose owner is gone. Pure; in memory alone, so another
 * process counts from its start.
 */
final class RefusedFrames {
  private static final long NONE = -1;
  private Frame last;

  /** Sound after the first frame of the row: the owner may have sent after that one's capture. */
  private long soundMicros = NONE;

  /** Sound after the first frame of those at the end of the row that follow one another. */
  private long steadyMicros = NONE;

  /** Another frame had no place. */
  void add(Frame frame) {
    boolean sameSession = last != null && last.session().equals(frame.session());
    soundMicros = sameSession ? soundMicros + frame.durationMicros() : 0;
    boolean follows = sameSession && follows(frame);
    steadyMicros = follows ? steadyMicros + frame.durationMicros() : 0;
    last = frame;
  }

  /** A frame has found its place. */
  void clear() {
    last = null;
    soundMicros = NONE;
    steadyMicros = NONE;
  }

  /** How long the session has been heard and nobody else. */
  long soundMillis(String session) {
    return last != null && last.session().equals(session) ? soundMicros / 1000 : NONE;
  }

  /** How long frames have followed one another up to this one, by their stamps and numbers. */
  long steadyMillis(Frame frame) {
    return last != null && last.session().equals(frame.session()) && follows(frame)
        ? steadyMicros / 1000
        : NONE;
  }

  private boolean follows(Frame frame) {
    long late = frame.captureMillis() - last.captureMillis() - last.durationMicros() / 1000;
    boolean inTime = Math.abs(late) <= FrameOrder.MAX_GAP_MILLIS;
    boolean unnumbered = frame.seq() < 0 && last.seq() < 0;
    return inTime && (unnumbered || frame.seq() == last.seq() + 1);
  }
}
