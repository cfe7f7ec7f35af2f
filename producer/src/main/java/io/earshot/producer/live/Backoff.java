package io.earshot.producer.live;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long each time, up to a limit, and from the
 * beginning after a try that brought a hundred frames (10 s). Up to a quarter more or less, so that
 * many streams of one server do not come back at once. Pure. One thread.
 */
public final class Backoff {
  private static final long ENOUGH_FRAMES = 100;

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration next;
  private long framesBefore;

  /**
   * A first wait that has yet to come.
   *
   * @param random shared with nobody
   */
  public Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.next = first;
  }

  /**
   * The wait before the next try.
   *
   * @param frames that the stream has published in its life
   */
  public Duration next(long frames) {
    if (frames - framesBefore >= ENOUGH_FRAMES) {
      next = first;
    }
    framesBefore = frames;
    Duration wait = next;
    Duration twice = wait.multipliedBy(2);
    next = twice.compareTo(longest) < 0 ? twice : longest;
    return aboutAsLongAs(wait);
  }

  /** The wait before a next try that has little hope. */
  public Duration longest() {
    return aboutAsLongAs(longest);
  }

  private Duration aboutAsLongAs(Duration wait) {
    return Duration.ofMillis(Math.round(wait.toMillis() * random.nextDouble(0.75, 1.25)));
  }
}
