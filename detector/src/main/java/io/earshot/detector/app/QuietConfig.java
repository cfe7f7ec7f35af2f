package io.earshot.detector.app;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.earshot.detector.event.CronQuietHours;
import io.earshot.detector.event.DailyQuietHours;
import io.earshot.detector.event.QuietHours;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Times in which labels raise no events.
 *
 * @param labels labels and groups; all if it is empty
 */
record QuietConfig(List<String> labels, QuietHours hours) {
  private static final String DAYS = "days such as mon-fri,sun: mon, tue, wed, thu, fri, sat, sun";

  /**
   * From a time of day to another, or for a duration from each moment that a cron expression names.
   *
   * @param days such as {@code mon-fri,sun}; every day where nothing says it
   * @param zone UTC where nothing says it
   */
  @JsonCreator
  static QuietConfig of(
      @JsonProperty("labels") List<String> labels,
      @JsonProperty("from") String from,
      @JsonProperty("to") String to,
      @JsonProperty("days") String days,
      @JsonProperty("cron") String cron,
      @JsonProperty("duration") Duration duration,
      @JsonProperty("zone") String zone) {
    Check.names("labels", labels);
    if (cron == null) {
      Check.that("from", from != null, "there, with to, unless cron is");
      LocalTime begin = time("from", from);
      Check.that("to", !begin.equals(time("to", to)), "another time than from");
      Check.that("duration", duration == null, "left out unless cron is there");
    } else {
      Check.that("cron", from == null && to == null && days == null, "without from, to and days");
      Check.between("duration", duration, "1m", "7d");
    }
    return new QuietConfig(
        labels == null ? List.of() : labels, hours(from, to, days, cron, duration, zone));
  }

  private static QuietHours hours(
      String from, String to, String days, String cron, Duration duration, String zone) {
    return cron == null
        ? new DailyQuietHours(time("from", from), time("to", to), days(days), zone(zone))
        : cron(cron, duration, zone(zone));
  }

  private static QuietHours cron(String cron, Duration duration, ZoneId zone) {
    try {
      return CronQuietHours.of(cron, duration, zone);
    } catch (IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new Check.BadValue(
          "cron", "must be minute, hour, day, month and weekday, as 0 22 * * *: " + why);
    }
  }

  private static ZoneId zone(String zone) {
    try {
      return zone == null ? ZoneId.of("UTC") : ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new Check.BadValue("zone", "must be a time zone such as Europe/Vienna, not " + zone);
    }
  }

  private static LocalTime time(String key, String text) {
    try {
      Check.that(key, text != null, "a time of day such as \"22:00\"");
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new Check.BadValue(key, "must be a time of day such as \"22:00\", not " + text);
    }
  }

  private static Set<DayOfWeek> days(String text) {
    if (text == null) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.split(",", -1)) {
      String[] ends = part.split("-", -1);
      Check.that("days", ends.length <= 2, DAYS);
      DayOfWeek last = day(ends[ends.length - 1]);
      for (DayOfWeek day = day(ends[0]); day != last; day = day.plus(1)) {
        days.add(day);
      }
      days.add(last);
    }
    return days;
  }

  private static DayOfWeek day(String text) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    return Stream.of(DayOfWeek.values())
        .filter(day -> name.length() >= 3 && day.name().startsWith(name))
        .findFirst()
        .orElseThrow(() -> new Check.BadValue("days", "must be " + DAYS));
  }
}
