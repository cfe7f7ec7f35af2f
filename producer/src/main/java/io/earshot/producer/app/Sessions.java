package io.earshot.producer.app;

import java.security.SecureRandom;

/** Ids for the runs of producers, so that a restart is not taken for missing or repeated frames. */
public final class Sessions {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Sessions() {}

  /** A new id: 13 digits and letters, 64 random bits. */
  public static String next() {
    String digits = Long.toUnsignedString(RANDOM.nextLong(), Character.MAX_RADIX);
    return "0".repeat(13 - digits.length()) + digits;
  }
}
