package io.earshot.detector.alert;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a subscription says: the first of a kind aloud, the rest to those who ask for it. */
final class CourierLog {
  private static final Logger log = LoggerFactory.getLogger(CourierLog.class);

  private final String name;
  private boolean failing;
  private boolean burying;
  private boolean suppressing;
  private boolean unreadable;
  private boolean idleFailing;

  CourierLog(String name) {
    this.name = name;
  }

  void delivered(Alert alert) {
    if (failing || burying) {
      log.info("alerts {}: delivered again", name);
    }
    failing = false;
    burying = false;
    suppressing = false;
    log.debug("alerts {}: {} delivered", name, alert.key());
  }

  void failed(Outcome outcome, int attempts) {
    String line = "alerts {}: {}; attempt {}, more will follow";
    if (failing) {
      log.debug(line, name, outcome.reason(), attempts);
    } else {
      log.warn(line, name, outcome.reason(), attempts);
    }
    failing = true;
  }

  void buried(Outcome outcome, int attempts, Path file) {
    String line = "alerts {}: {}; given up after attempt {}, kept in {}";
    if (burying) {
      log.debug(line, name, outcome.reason(), attempts, file);
    } else {
      log.warn(line, name, outcome.reason(), attempts, file);
    }
    burying = true;
  }

  void unwritable(Path file, IOException e) {
    log.warn("alerts {}: {} cannot be written: {}; tried again", name, file, e.getMessage());
  }

  void suppressed() {
    if (!suppressing) {
      log.warn("alerts {}: more than the rate limit allows; the next alert says how many", name);
    }
    suppressing = true;
  }

  void notAnEvent(Courier.Owed record) {
    String line = "alerts {}: {} offset {} is no event";
    if (unreadable) {
      log.debug(line, name, record.partition(), record.offset());
    } else {
      log.warn(line + "; more are only counted", name, record.partition(), record.offset());
    }
    unreadable = true;
  }

  void idleFailed(RuntimeException e) {
    if (!idleFailing) {
      log.warn("alerts {}: {}; tried again", name, e.getClass().getSimpleName());
    }
    idleFailing = true;
  }
}
