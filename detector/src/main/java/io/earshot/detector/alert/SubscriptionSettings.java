package io.earshot.detector.alert;

import java.nio.file.Path;

/**
 * One subscription.
 *
 * @param name also part of its consumer group's name
 * @param deadLetters the file for what could not be delivered
 */
public record SubscriptionSettings(
    String name,
    AlertFilter filter,
    RateLimit limit,
    RetryPolicy retry,
    Path deadLetters,
    TargetSettings target) {
  /** The consumer group that its offsets are committed under. */
  public String group() {
    return "earshot-alerts-" + name;
  }
}
