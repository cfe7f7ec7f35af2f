package io.earshot.detector.event;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;

/**
 * For some time from each moment that a cron expression of Unix names.
 *
 * <pre>{@code
 * QuietHours nights = CronQuietHours.of("0 22 * * *", Duration.ofHours(8), ZoneId.of("UTC"));
 * }</pre>
 *
 * <p>When clocks are set forward, what would begin in the hour that there is not begins with the
 * hour after it; when they are set back, what begins in the hour that there is twice does so in the
 * first.
 */
public final class CronQuietHours implements QuietHours {
  private static final CronParser UNIX =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  /** Whatever comes at all has come before it. */
  private static final ZonedDateTime ANY_TIME = Instant.EPOCH.atZone(ZoneOffset.UTC);

  private final ExecutionTime times;
  private final Duration duration;
  private final ZoneId zone;

  private CronQuietHours(ExecutionTime times, Duration duration, ZoneId zone) {
    this.times = times;
    this.duration = duration;
    this.zone = zone;
  }

  /**
   * Those that a cron expression begins.
   *
   * @param cron minute, hour, day of the month, month, day of the week
   * @throws IllegalArgumentException if it is none, or names no moment at all; says why
   */
  public static CronQuietHours of(String cron, Duration duration, ZoneId zone) {
    Cron parsed = UNIX.parse(cron).validate();
    ExecutionTime times = ExecutionTime.forCron(parsed);
    if (times.lastExecution(ANY_TIME).isEmpty()) {
      throw new IllegalArgumentException("a date that never comes");
    }
    return new CronQuietHours(times, duration, zone);
  }

  @Override
  public boolean covers(Instant time) {
    // The library passes over what falls in a change of clocks: it is asked by a clock without any.
    return times
        .lastExecution(ahead(time).atZone(ZoneOffset.UTC))
        .map(begin -> time.isBefore(instant(begin.toLocalDateTime()).plus(duration)))
        .orElse(false);
  }

  /** The earliest minute that the clock on a wall there has not shown yet. */
  private LocalDateTime ahead(Instant time) {
    ZonedDateTime there = time.atZone(zone);
    LocalDateTime clock = there.toLocalDateTime();
    ZoneOffsetTransition change = zone.getRules().getTransition(clock);
    boolean second = change != null && there.getOffset().equals(change.getOffsetAfter());
    return second
        ? change.getDateTimeBefore()
        : clock.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
  }

  /** When the clock there first shows that time, or a later one. */
  private Instant instant(LocalDateTime clock) {
    ZoneOffsetTransition change = zone.getRules().getTransition(clock);
    return change != null && change.isGap() ? change.getInstant() : clock.atZone(zone).toInstant();
  }
}
