package io.earshot.producer.app;

import io.earshot.producer.stream.Pace;

/** When sound that is fetched was captured, and how fast it is fetched. */
enum Timing {
  /** As it comes: when it is here. */
  LIVE,
  /**
   * Held back so that what is no live sound comes in real time, too: when it is here. Time goes a
   * thousandth faster, so that the fastest crystal of a live sender is never held back, and neither
   * is the burst of stored sound with which many begin.
   */
  STREAMED,
  /** Held back so that it comes in real time by this machine's clock: when it is here. */
  PLAYED,
  /** As fast as it goes: as the number of its samples says, from when the first was here. */
  READ_AHEAD;

  private static final double PACE = 0.999;

  /** Less than the beginning that {@code SoundLine} holds, so that it is seen to be of the past. */
  private static final long BURST_NANOS = 4_000_000_000L;

  /** Of a file. */
  static Timing of(Pace pace) {
    return pace == Pace.FAST ? READ_AHEAD : PLAYED;
  }

  /** Of what may be live or not. */
  static Timing streamed(Pace pace) {
    return pace == Pace.FAST ? READ_AHEAD : STREAMED;
  }

  /**
   * How long after the start sound may be fetched, counted from the start and not from what was
   * fetched last, so that delays do not add up.
   *
   * @param micros of sound since the start, up to the end of what is to be fetched
   */
  long dueNanos(long micros) {
    return switch (this) {
      case LIVE, READ_AHEAD -> 0;
      case STREAMED -> (long) (PACE * 1000 * micros) - BURST_NANOS;
      case PLAYED -> 1000 * micros;
    };
  }
}
