package io.earshot.detector.web;

/** An answer that is none: a status, and one line that says why. */
final class Refusal extends RuntimeException {
  final transient int status;

  Refusal(int status, String message) {
    // Whoever asks for what is not there must not cost a stack trace each time.
    super(message, null, false, false);
    this.status = status;
  }
}
