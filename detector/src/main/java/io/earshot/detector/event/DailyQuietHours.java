package io.earshot.detector.event;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * From one time of day to another, by the clock on a wall there.
 *
 * @param from included
 * @param to excluded; if it is before {@code from}, it is one of the next day
 * @param days on which it begins
 */
public record DailyQuietHours(LocalTime from, LocalTime to, Set<DayOfWeek> days, ZoneId zone)
    implements QuietHours {
  @Override
  public boolean covers(Instant time) {
    ZonedDateTime there = time.atZone(zone);
    LocalTime clock = there.toLocalTime();
    DayOfWeek day = there.getDayOfWeek();
    if (from.isBefore(to)) {
      return days.contains(day) && !clock.isBefore(from) && clock.isBefore(to);
    }
    return clock.isBefore(from)
        ? clock.isBefore(to) && days.contains(day.minus(1))
        : days.contains(day);
  }
}
