package io.earshot.detector.segment;

import io.earshot.producer.frame.Frame;

/**
 * Names of runs. A segment's run and index name it for ever, so no two runs of a stream may have
 * the same name, and a replay of the same records must give the same. Pure.
 */
final class RunName {
  /** In September 2001. An earlier clock has begun at 1970 and may do so again and again. */
  private static final long EARLIEST_SET_CLOCK_MILLIS = 1_000_000_000_000L;

  private RunName() {}

  /** Of a run before which none is known. */
  static String first(Frame first, long offset) {
    return of(first, offset, false);
  }

  /**
   * Of a run that follows one of the same session.
   *
   * @param beforeMillis when the last frame of that one was captured
   */
  static String after(long beforeMillis, Frame first, long offset) {
    return of(first, offset, first.captureMillis() <= beforeMillis);
  }

  /** Session and capture time; where that time may come twice, also the record's offset. */
  private static String of(Frame first, long offset, boolean clockWasSetBack) {
    long millis = first.captureMillis();
    String name = (first.session().isEmpty() ? "" : first.session() + ".") + millis;
    boolean mayComeTwice = clockWasSetBack || millis < EARLIEST_SET_CLOCK_MILLIS;
    return mayComeTwice ? name + "." + offset : name;
  }
}
