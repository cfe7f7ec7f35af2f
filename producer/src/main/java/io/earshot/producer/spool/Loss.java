package io.earshot.producer.spool;

import java.util.Locale;

/** Why a frame will never reach Kafka. */
public enum Loss {
  /** The spool was full, and it was among the oldest. */
  SPOOL_FULL,
  /** The disk could not be written to, memory was full, and it was the oldest there. */
  MEMORY_FULL,
  /** The disk did not give back what was written. */
  UNREADABLE,
  /** Kafka takes no such record, now or ever. */
  REFUSED;

  /** Its name outside this program. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
