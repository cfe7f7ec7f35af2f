package io.earshot.detector.alert;

import java.time.Duration;

/**
 * How an attempt to deliver went.
 *
 * @param reason why not; without secrets
 * @param retryAfter how long the subscriber asks to be left alone
 */
record Outcome(Kind kind, String reason, Duration retryAfter) {
  /** What is to be done now. */
  enum Kind {
    DELIVERED,
    /** It may work another time. */
    FAILED,
    /** It never will. */
    REFUSED
  }

  static final Outcome DELIVERED = new Outcome(Kind.DELIVERED, "", Duration.ZERO);

  static Outcome failed(String reason) {
    return failed(reason, Duration.ZERO);
  }

  static Outcome failed(String reason, Duration retryAfter) {
    return new Outcome(Kind.FAILED, reason, retryAfter);
  }

  static Outcome refused(String reason) {
    return new Outcome(Kind.REFUSED, reason, Duration.ZERO);
  }
}
