package io.earshot.detector.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpOutcomeTest {
  /** The date of RFC 9110's example of the header, less two minutes. */
  private static final Instant NOW = Instant.parse("1999-12-31T23:57:59Z");

  @ParameterizedTest
  @CsvSource({
    "200, DELIVERED", "202, DELIVERED", "204, DELIVERED", "301, REFUSED", "308, REFUSED",
    "400, REFUSED", "401, REFUSED", "404, REFUSED", "410, REFUSED", "408, FAILED",
    "429, FAILED", "500, FAILED", "502, FAILED", "503, FAILED", "599, FAILED"
  })
  void onlyWhatMayPassIsTriedAgain(int status, Outcome.Kind kind) {
    assertThat(HttpOutcome.of(status, "", NOW).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "120, 120",
    "0, 0",
    "999999999, 3600",
    "'Fri, 31 Dec 1999 23:59:59 GMT', 120",
    "'Fri, 31 Dec 1999 23:00:00 GMT', 0",
    "soon, 0",
    "-5, 0",
    "'', 0"
  })
  void retryAfterIsSecondsOrADateAndAnHourAtMost(String text, long seconds) {
    assertThat(HttpOutcome.of(429, text, NOW).retryAfter()).hasSeconds(seconds);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404})
  void itDoesNotMatterWhereNothingIsTriedAgain(int status) {
    assertThat(HttpOutcome.of(status, "120", NOW).retryAfter()).isZero();
  }
}
