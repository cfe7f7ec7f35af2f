package io.earshot.producer.spool;

import java.io.IOException;
import java.nio.file.Path;

/** Another process has the spool's folder. */
public final class SpoolInUseException extends IOException {
  SpoolInUseException(Path folder) {
    super(folder + " is in use by another producer");
  }
}
