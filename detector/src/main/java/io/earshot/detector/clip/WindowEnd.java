package io.earshot.detector.clip;

import io.earshot.producer.frame.Frame;

/**
 * Says when enough of a partition has been read for a clip. Records stand in the order in which
 * they were sent, not in that of their capture times: a clock may have been set back, and other
 * streams of the partition have clocks of their own. Pure.
 */
final class WindowEnd {
  /** So much sound of the stream, one frame after the other, is read from after the clip. */
  static final long MARGIN_MILLIS = 10_000;

  /** So many bytes of other streams, from after that: the stream has ended. */
  private static final long OTHERS_BYTES = 64L << 20;

  /** More sound than any clip has: somebody sends it all with one time. */
  private static final long OWN_BYTES = 128L << 20;

  private final long endMillis;
  private long micros;
  private long others;
  private long own;

  WindowEnd(Span span) {
    endMillis = span.endMillis();
  }

  void own(Frame frame) {
    boolean past = frame.captureMillis() >= endMillis;
    micros = past ? micros + frame.durationMicros() : 0;
    others = 0;
    own += frame.pcm().length;
  }

  void other(long timestamp, int bytes) {
    if (timestamp > endMillis + MARGIN_MILLIS) {
      others += bytes;
    }
  }

  boolean isReached() {
    return micros >= MARGIN_MILLIS * 1000 || others >= OTHERS_BYTES || own >= OWN_BYTES;
  }
}
