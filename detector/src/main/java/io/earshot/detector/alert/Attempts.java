package io.earshot.detector.alert;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Counts the attempts to deliver one alert and says what comes next.
 *
 * <p>Pure: chance comes in.
 */
final class Attempts {
  /** What comes next. */
  sealed interface Next permits Done, Again, GiveUp {}

  /** It is delivered. */
  record Done() implements Next {}

  /** It is tried again, after a pause. */
  record Again(Duration pause) implements Next {}

  /** It is tried no more. */
  record GiveUp() implements Next {}

  private final RetryPolicy policy;
  private final DoubleSupplier random;
  private int made;

  /**
   * @param random from 0 to 1
   */
  Attempts(RetryPolicy policy, DoubleSupplier random) {
    this.policy = policy;
    this.random = random;
  }

  Next after(Outcome outcome) {
    made++;
    return switch (outcome.kind()) {
      case DELIVERED -> new Done();
      case REFUSED -> new GiveUp();
      case FAILED -> policy.isLast(made) ? new GiveUp() : again(outcome);
    };
  }

  private Again again(Outcome outcome) {
    Duration pause = policy.pause(made, random.getAsDouble());
    return new Again(pause.compareTo(outcome.retryAfter()) < 0 ? outcome.retryAfter() : pause);
  }

  int made() {
    return made;
  }
}
