package io.earshot.detector.clip;

import java.time.Duration;

/** How long somebody waits for all of what is read for them. One thread. */
final class Patience {
  private static final Duration STEP = Duration.ofMillis(200);

  private final Duration whole;
  private final long deadline;

  Patience(Duration whole) {
    this.whole = whole;
    deadline = System.nanoTime() + whole.toNanos();
  }

  /**
   * How long to wait for the next records.
   *
   * @throws ClipException if it is at an end
   */
  Duration left() throws ClipException {
    if (System.nanoTime() - deadline > 0) {
      throw new ClipException(
          ClipException.Reason.UNAVAILABLE,
          "Kafka has not handed out the records within %d s".formatted(whole.toSeconds()),
          null);
    }
    return STEP;
  }
}
