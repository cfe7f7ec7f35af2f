package io.earshot.detector.app;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.earshot.producer.spool.SpoolSettings;

/** {@code spool} in the configuration. */
@JsonNaming(SnakeCaseStrategy.class)
record SpoolConfig(boolean enabled, String directory, long maxBytes, double catchUp) {
  private static final long LEAST_BYTES = 16_000_000;
  private static final long MOST_BYTES = 1_000_000_000_000L;

  SpoolConfig {
    Check.notEmpty("directory", directory);
    Check.that(
        "max_bytes",
        maxBytes >= LEAST_BYTES && maxBytes <= MOST_BYTES,
        "a whole number from " + LEAST_BYTES + " to " + MOST_BYTES);
    Check.that("catch_up", catchUp >= 1.1 && catchUp <= 100, "a number from 1.1 to 100");
  }

  SpoolSettings settings() {
    return new SpoolSettings(maxBytes, catchUp);
  }
}
