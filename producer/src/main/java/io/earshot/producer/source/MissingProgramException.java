package io.earshot.producer.source;

import java.io.IOException;

/** A program that a source needs is not installed: one line that says what to install. */
public final class MissingProgramException extends IOException {
  MissingProgramException(String message, Throwable cause) {
    super(message, cause);
  }
}
