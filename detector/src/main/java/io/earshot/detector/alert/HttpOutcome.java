package io.earshot.detector.alert;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * What an HTTP status means for a delivery.
 *
 * <p>Pure: time comes in.
 */
final class HttpOutcome {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;

  private HttpOutcome() {}

  /**
   * @param retryAfter the header of that name; empty if there is none
   */
  static Outcome of(int status, String retryAfter, Instant now) {
    if (status / 100 == 2) {
      return Outcome.DELIVERED;
    }
    String reason = "HTTP " + status;
    if (status / 100 == 3) {
      return Outcome.refused(reason + ", and redirects are not followed");
    }
    boolean passing = status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS || status / 100 == 5;
    return passing ? Outcome.failed(reason, retryAfter(retryAfter, now)) : Outcome.refused(reason);
  }

  /** Seconds or a date (RFC 9110, 10.2.3); zero if it is neither, an hour at most. */
  static Duration retryAfter(String text, Instant now) {
    Duration asked = Duration.ZERO;
    String value = text.strip();
    try {
      asked =
          value.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(value))
              : Duration.between(
                  now,
                  ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      // Not for us to complain of: the usual wait is as good.
    }
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
