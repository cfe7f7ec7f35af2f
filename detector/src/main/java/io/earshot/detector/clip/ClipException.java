package io.earshot.detector.clip;

/** Why there is no clip, in one line for people. */
public final class ClipException extends Exception {
  /** Kinds of reasons. */
  public enum Reason {
    /** No such event is known. */
    UNKNOWN_EVENT,
    /** The sound was there, and has been deleted. */
    EXPIRED,
    /** Kafka does not answer, or not in time. */
    UNAVAILABLE
  }

  private final Reason reason;

  public ClipException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
