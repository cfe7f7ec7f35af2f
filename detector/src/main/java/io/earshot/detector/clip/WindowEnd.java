package io.earshot.detector.clip;

import io.earshot.producer.frame.Frame;

/**
 * Says when enough of a partition has been read for a clip. Records stand in the order in which
 * they were sent, not in that of their capture times: a clock may have been set back, and other
 * streams of the partition have clocks of their own, or are files that are sent faster than they
 * play. So reading may begin hours before the clip, and what stands there says nothing. Pure.
 */
final class WindowEnd {
  /** So many bytes of other streams, from after the clip: the stream has ended. */
  private static final long OTHERS_BYTES = 64L << 20;

  /** More sound than any clip has: somebody sends it all with one time. */
  private static final long OWN_BYTES = 128L << 20;

  /** What a frame takes in memory beside its sound. */
  private static final int FRAME_BYTES = 200;

  private final Span span;
  private long micros;
  private long others;
  private long own;

  /** Whether the stream has come to the clip: before that, nothing of others can end it. */
  private boolean come;

  WindowEnd(Span span) {
    this.span = span;
  }

  void own(Frame frame) {
    boolean past = frame.captureMillis() >= span.endMillis();
    micros = past ? micros + frame.durationMicros() : 0;
    others = 0;
    come |= past || span.overlaps(frame);
    own += span.isNear(frame) ? frame.pcm().length + FRAME_BYTES : 0;
  }

  void other(long timestamp, int bytes) {
    if (come && timestamp > span.endMillis() + Span.AFTER_MILLIS) {
      others += bytes;
    }
  }

  boolean isReached() {
    return micros >= Span.AFTER_MILLIS * 1000 || others >= OTHERS_BYTES || own >= OWN_BYTES;
  }
}
