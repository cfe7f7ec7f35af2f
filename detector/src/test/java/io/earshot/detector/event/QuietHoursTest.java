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

  /** Clocks there go from 02:00 to 03:00 at 01:00Z that day. */
  @ParameterizedTest
  @CsvSource({
    "0 2 * * *, 2026-03-29T00:59:59Z, false",
    "0 2 * * *, 2026-03-29T01:00:00Z, true",
    "0 2 * * *, 2026-03-29T06:59:59Z, true",
    "0 2 * * *, 2026-03-29T07:00:00Z, false",
    "0 2 * * *, 2026-03-30T00:00:00Z, true",
    "30 2 * * *, 2026-03-29T01:00:00Z, true",
    "30 2 * * *, 2026-03-29T07:00:00Z, false",
    "0 22 * * *, 2026-03-29T02:59:59Z, true",
    "0 22 * * *, 2026-03-29T03:00:00Z, false"
  })
  void cronsHoursAreThereInTheNightThatIsAnHourShort(String cron, Instant time, boolean quiet) {
    QuietHours nights = CronQuietHours.of(cron, Duration.ofHours(6), VIENNA);
    assertThat(nights.covers(time)).isEqualTo(quiet);
  }

  /** Clocks there go from 03:00 back to 02:00 at 01:00Z that day. */
  @ParameterizedTest
  @CsvSource({
    "0 2 * * *, 6h, 2026-10-24T23:59:59Z, false",
    "0 2 * * *, 6h, 2026-10-25T00:00:00Z, true",
    "0 2 * * *, 6h, 2026-10-25T05:59:59Z, true",
    "0 2 * * *, 6h, 2026-10-25T06:00:00Z, false",
    "30 2 * * *, 1h, 2026-10-25T00:29:59Z, false",
    "30 2 * * *, 1h, 2026-10-25T00:30:00Z, true",
    "30 2 * * *, 1h, 2026-10-25T01:15:00Z, true",
    "30 2 * * *, 1h, 2026-10-25T01:30:00Z, false",
    "30 2 * * *, 1h, 2026-10-25T02:00:00Z, false",
    "30 2 * * *, 1h, 2026-10-26T01:30:00Z, true"
  })
  void cronsHoursBeginOnceInTheNightThatIsAnHourLonger(
      String cron, String duration, Instant time, boolean quiet) {
    QuietHours nights = CronQuietHours.of(cron, Duration.parse("PT" + duration), VIENNA);
    assertThat(nights.covers(time)).isEqualTo(quiet);
  }

  /** From 02:00 to 04:00 by the clock on the wall: an hour in March, three in October. */
  @ParameterizedTest
  @CsvSource({
    "2026-03-29T00:59:59Z, false",
    "2026-03-29T01:00:00Z, true",
    "2026-03-29T01:59:59Z, true",
    "2026-03-29T02:00:00Z, false",
    "2026-10-24T23:59:59Z, false",
    "2026-10-25T00:00:00Z, true",
    "2026-10-25T01:00:00Z, true",
    "2026-10-25T02:59:59Z, true",
    "2026-10-25T03:00:00Z, false"
  })
  void dailyHoursGoByTheClockOnTheWall(Instant time, boolean quiet) {
    QuietHours nights =
        new DailyQuietHours(
            LocalTime.of(2, 0), LocalTime.of(4, 0), EnumSet.allOf(DayOfWeek.class), VIENNA);
    assertThat(nights.covers(time)).isEqualTo(quiet);
  }

  @Test
  void aDateThatNeverComesIsRefusedAndOneThatComesSeldomIsNot() {
    for (String cron : new String[] {"0 0 30 2 *", "0 0 31 4,6,9,11 *"}) {
      assertThatIllegalArgumentException()
          .as(cron)
          .isThrownBy(() -> CronQuietHours.of(cron, Duration.ofHours(8), VIENNA))
          .withMessage("a date that never comes");
    }
    QuietHours leapDays = CronQuietHours.of("0 0 29 2 *", Duration.ofHours(8), VIENNA);
    assertThat(leapDays.covers(Instant.parse("2028-02-29T01:00:00Z"))).isTrue();
    assertThat(leapDays.covers(Instant.parse("2027-03-01T01:00:00Z"))).isFalse();
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
