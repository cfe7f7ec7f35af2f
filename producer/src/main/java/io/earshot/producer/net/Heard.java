package io.earshot.producer.net;

/** Up to when a stream was heard, through all its sessions. One thread. */
final class Heard {
  private long nanos = Long.MIN_VALUE;

  /** Sound up to that time of the monotonic clock was passed on. */
  void upTo(long itsNanos) {
    nanos = Math.max(nanos, itsNanos);
  }

  /** By the monotonic clock; before all of it if nothing was heard yet. */
  long nanos() {
    return nanos;
  }
}
