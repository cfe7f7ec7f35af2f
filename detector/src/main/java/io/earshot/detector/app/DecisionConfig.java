package io.earshot.detector.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.earshot.detector.event.Smoothing;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How labels are decided; each value may be missing, which leaves it to what holds more widely.
 *
 * @param onset the model package's threshold where nothing says it
 * @param offset the onset where nothing says it
 * @param nOfM as {@code 2 of 3}
 * @param maxDuration for ever where nothing says it
 */
@JsonNaming(SnakeCaseStrategy.class)
record DecisionConfig(
    Double onset,
    Double offset,
    Smoothing.Kind smoothing,
    Integer smoothingSegments,
    @JsonProperty("n_of_m") String nOfM,
    Duration minDuration,
    Duration mergeGap,
    Duration maxDuration,
    Duration cooldown) {
  private static final Pattern N_OF_M = Pattern.compile("\\s*(\\d{1,2})\\s+of\\s+(\\d{1,2})\\s*");
  private static final int MOST_SEGMENTS = 32;

  DecisionConfig {
    Check.that("onset", onset == null || (onset > 0 && onset <= 1), "above 0 and up to 1");
    Check.that("offset", offset == null || (offset > 0 && offset <= 1), "above 0 and up to 1");
    boolean falls = onset == null || offset == null || offset <= onset;
    Check.that("offset", falls, "at most the onset, " + onset);
    if (smoothingSegments != null) {
      Check.between("smoothing_segments", smoothingSegments, 2, 99);
    }
    boolean odd =
        smoothing != Smoothing.Kind.MEDIAN
            || smoothingSegments == null
            || smoothingSegments % 2 == 1;
    Check.that("smoothing_segments", odd, "an odd number for a median");
    if (nOfM != null) {
      int[] counts = counts(nOfM);
      boolean fine = counts.length == 2 && counts[0] >= 1 && counts[1] <= MOST_SEGMENTS;
      Check.that("n_of_m", fine, "such as 2 of 3, from 1 of 1 up to 32 of 32");
      Check.that("n_of_m", counts[0] <= counts[1], "at most as many as there are segments");
    }
    between("min_duration", minDuration, "0ms");
    between("merge_gap", mergeGap, "0ms");
    between("max_duration", maxDuration, "1s");
    between("cooldown", cooldown, "0ms");
    boolean fits =
        minDuration == null || maxDuration == null || minDuration.compareTo(maxDuration) <= 0;
    Check.that("min_duration", fits, "at most max_duration");
  }

  private static void between(String key, Duration value, String least) {
    if (value != null) {
      Check.between(key, value, least, "7d");
    }
  }

  private static int[] counts(String nOfM) {
    Matcher matcher = N_OF_M.matcher(nOfM);
    return matcher.matches()
        ? new int[] {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))}
        : new int[0];
  }

  /** N; to be asked only if there is an N of M. */
  int hits() {
    return counts(nOfM)[0];
  }

  /** M; likewise. */
  int of() {
    return counts(nOfM)[1];
  }
}
