package io.earshot.producer.source;

import java.io.IOException;

/** Sound that cannot be read: one line for people that names the file or device. */
public final class AudioException extends IOException {
  public AudioException(String message) {
    super(message);
  }

  public AudioException(String message, Throwable cause) {
    super(message, cause);
  }
}
