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
    return group(name);
  }

  /** That of a subscription of which only the name is known. */
  public static String group(String name) {
    return "earshot-alerts-" + name;
  }
}
