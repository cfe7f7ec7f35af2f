package io.earshot.producer.frame;

import java.util.Locale;

/** A record that is not a frame: why, for dead letters and metrics, and one line for people. */
public final class BadFrameException extends Exception {
  /** Kinds of bad frames; {@link #code()} is the stable name outside this program. */
  public enum Reason {
    BAD_KEY,
    EMPTY,
    ODD_LENGTH,
    BAD_ENCODING,
    BAD_RATE,
    BAD_CHANNELS,
    BAD_SEQ,
    BAD_SESSION,
    BAD_END,
    NOT_FINITE,
    /** Numbers so far beyond full scale that a spectrum of them would overflow. */
    OUT_OF_RANGE,
    /** More sound than one frame may hold. */
    TOO_LONG,
    BAD_TIMESTAMP;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Reason reason;

  BadFrameException(Reason reason, String message) {
    // Thrown per record by whoever floods the topic with garbage: a stack trace would only cost.
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
