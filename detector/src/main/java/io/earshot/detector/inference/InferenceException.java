package io.earshot.detector.inference;

/** A worker has ended before its time; its cause says why. */
public final class InferenceException extends Exception {
  InferenceException(Throwable cause) {
    super("inference: " + (cause.getMessage() == null ? cause : cause.getMessage()), cause);
  }
}
