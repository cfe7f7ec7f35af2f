package io.earshot.detector.web;

/** The server cannot start; the message says why. */
public final class WebException extends Exception {
  WebException(String message, Throwable cause) {
    super(message, cause);
  }
}
