package io.earshot.detector.app;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.earshot.producer.spool.SpoolSettings;
import java.util.List;
import java.util.stream.IntStream;

/** {@code spool} in the configuration. */
@JsonNaming(SnakeCaseStrategy.class)
record SpoolConfig(boolean enabled, String directory, long maxBytes, double catchUp) {
  private static final String USUAL = "data/spool";
  private static final int MOST_PRODUCERS = 20;
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

  /**
   * Of these the first that no other producer has: only a folder that the user named is the one.
   */
  List<String> directories() {
    return directory.equals(USUAL)
        ? IntStream.rangeClosed(1, MOST_PRODUCERS)
            .mapToObj(n -> n == 1 ? USUAL : USUAL + "-" + n)
            .toList()
        : List.of(directory);
  }

  SpoolSettings settings() {
    return new SpoolSettings(maxBytes, catchUp);
  }
}
