package io.earshot.detector.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what nobody foresaw into one line; the stack trace is for those who ask for it. */
final class Failure {
  private static final Logger log = LoggerFactory.getLogger(Failure.class);

  private Failure() {}

  /** The deepest message there is; EARSHOT_LOG=debug EARSHOT_TRACES=%ex tells the whole story. */
  static String oneLine(Throwable e) {
    log.debug("failed", e);
    Throwable deepest = e;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    return message == null || message.isBlank()
        ? deepest.getClass().getSimpleName()
        : message.lines().findFirst().orElseThrow();
  }
}
