package io.earshot.detector.event;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * For some time from each moment that a cron expression of Unix names.
 *
 * <pre>{@code
 * QuietHours nights = CronQuietHours.of("0 22 * * *", Duration.ofHours(8), ZoneId.of("UTC"));
 * }</pre>
 */
public final class CronQuietHours implements QuietHours {
  private static final CronParser UNIX =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

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
   * @throws IllegalArgumentException if it is none; says why
   */
  public static CronQuietHours of(String cron, Duration duration, ZoneId zone) {
    Cron parsed = UNIX.parse(cron).validate();
    return new CronQuietHours(ExecutionTime.forCron(parsed), duration, zone);
  }

  @Override
  public boolean covers(Instant time) {
    // The library looks for moments before the one that it is given.
    ZonedDateTime within = time.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    return times
        .lastExecution(within)
        .map(begin -> time.isBefore(begin.toInstant().plus(duration)))
        .orElse(false);
  }
}
