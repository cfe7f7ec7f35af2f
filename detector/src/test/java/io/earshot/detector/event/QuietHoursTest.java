package io.earshot.detector.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vienna is an hour ahead of UTC in winter, two in summer. The 2nd of January 2026 is a Friday. */
class QuietHoursTest {
  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T20:59:59.999Z, false",
    "2026-01-02T21:00:00Z, true",
    "2026-01-03T04:59:59.999Z, true",
    "2026-01-03T05:00:00Z, false",
    "2026-01-03T22:00:00Z, false",
    "2026-01-05T00:00:00Z, false",
    "2026-01-05T21:00:00Z, true",
    "2026-07-03T20:00:00Z, true",
    "2026-07-03T19:59:59Z, false"
  })
  void aNightBelongsToTheDayOnWhichItBegins(Instant time, boolean quiet) {
    Set<DayOfWeek> weekdays = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    QuietHours nights =
        new DailyQuietHours(LocalTime.of(22, 0), LocalTime.of(6, 0), weekdays, VIENNA);
    assertThat(nights.covers(time)).isEqualTo(quiet);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T10:59:59Z, false",
    "2026-01-02T11:00:00Z, true",
    "2026-01-02T12:29:59Z, true",
    "2026-01-02T12:30:00Z, false",
    "2026-01-03T11:00:00Z, false"
  })
  void aTimeOfDayIsOfItsDays(Instant time, boolean quiet) {
    QuietHours noon =
        new DailyQuietHours(
            LocalTime.of(12, 0), LocalTime.of(13, 30), Set.of(DayOfWeek.FRIDAY), VIENNA);
    assertThat(noon.covers(time)).isEqualTo(quiet);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T20:59:59.999Z, false",
    "2026-01-02T21:00:00Z, true",
    "2026-01-02T21:00:30Z, true",
    "2026-01-03T04:59:59.999Z, true",
    "2026-01-03T05:00:00Z, false",
    "2026-07-03T20:00:00Z, true"
  })
  void aCronExpressionTellsWhenItBegins(Instant time, boolean quiet) {
    QuietHours nights = CronQuietHours.of("0 22 * * *", Duration.ofHours(8), VIENNA);
    assertThat(nights.covers(time)).isEqualTo(quiet);
  }

  @Test
  void whatIsNoCronExpressionIsRefused() {
    for (String cron : new String[] {"", "nightly", "0 22 * *", "0 25 * * *", "* * * * * *"}) {
      assertThatIllegalArgumentException()
          .as(cron)
          .isThrownBy(() -> CronQuietHours.of(cron, Duration.ofHours(8), VIENNA));
    }
  }
}
