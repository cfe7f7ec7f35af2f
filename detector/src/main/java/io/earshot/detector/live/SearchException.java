package io.earshot.detector.live;

/** What was asked for cannot be read now; the message says why. */
public final class SearchException extends Exception {
  SearchException(String message, Throwable cause) {
    super(message, cause);
  }
}
