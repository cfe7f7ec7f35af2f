package io.earshot.detector.alert;

import java.time.Duration;

/**
 * How often and when a delivery that failed is tried again: exponential backoff with full jitter
 * (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
 *
 * @param attempts in all; 0 for as many as it takes
 * @param backoff the longest wait before the second attempt; twice that before the third, and so on
 * @param maxBackoff the longest wait of all
 */
public record RetryPolicy(int attempts, Duration backoff, Duration maxBackoff) {
  private static final int MOST_DOUBLINGS = 30;

  /**
   * How long to wait after a failure.
   *
   * @param failures so far, at least one
   * @param random from 0 to 1
   */
  Duration pause(int failures, double random) {
    long doubled = backoff.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
    return Duration.ofMillis(Math.round(random * Math.min(doubled, maxBackoff.toMillis())));
  }

  boolean isLast(int failures) {
    return attempts > 0 && failures >= attempts;
  }
}
