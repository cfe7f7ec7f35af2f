package io.earshot.producer.spool;

import java.io.IOException;

/** Bytes on disk that are not what was written. */
final class DamagedException extends IOException {
  DamagedException(String message) {
    super(message);
  }
}
