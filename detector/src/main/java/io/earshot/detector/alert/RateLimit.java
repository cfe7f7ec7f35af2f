package io.earshot.detector.alert;

import java.time.Duration;

/**
 * So many events within any stretch of that length.
 *
 * @param per what is counted together
 */
public record RateLimit(int events, Duration within, Per per) {
  /** No limit. */
  public static final RateLimit NONE = new RateLimit(Integer.MAX_VALUE, Duration.ZERO, Per.ALL);

  /** What is counted together. */
  public enum Per {
    ALL,
    STREAM,
    LABEL
  }

  String key(Alert alert) {
    return switch (per) {
      case ALL -> "";
      case STREAM -> alert.stream();
      case LABEL -> alert.label();
    };
  }
}
