package io.earshot.detector.app;

import io.earshot.producer.frame.Frame;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * A stretch of capture time.
 *
 * @param from events with an onset from there on are compared ...
 * @param to ... and before there
 */
record ReplayRange(Instant from, Instant to) {
  /**
   * What is heard before and after the range at least, so that what goes on at its ends is decided
   * by the same past and has an end.
   */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private static final String FORM =
      "a time such as 2026-11-27T10:00:00Z, or how long ago, such as 90m";

  /**
   * @param to null for now
   * @throws UserException one of them is no time, or the range is empty
   */
  static ReplayRange of(String from, String to, Instant now) throws UserException {
    Instant begin = time("--from", from, now);
    Instant end = to == null ? now : time("--to", to, now);
    if (!begin.isBefore(end)) {
      throw UserException.wrongUse("--from %s is not before --to %s".formatted(begin, end));
    }
    return new ReplayRange(begin, end);
  }

  /** All from one time on. */
  static ReplayRange onwards(Instant from) {
    return new ReplayRange(from, Instant.ofEpochMilli(Frame.MAX_CAPTURE_MILLIS));
  }

  /**
   * The range with its margins.
   *
   * @param past what decisions look back to
   */
  ReplayRange around(Duration past) {
    Duration before = past.compareTo(MARGIN) < 0 ? MARGIN : past;
    return new ReplayRange(from.minus(before), to.plus(MARGIN));
  }

  boolean holds(String rfc3339) {
    Instant time = Instant.parse(rfc3339);
    return !time.isBefore(from) && time.isBefore(to);
  }

  private static Instant time(String flag, String text, Instant now) throws UserException {
    try {
      return OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeParseException e) {
      return ago(flag, text, now);
    }
  }

  private static Instant ago(String flag, String text, Instant now) throws UserException {
    try {
      return now.minus(DurationText.parse(text));
    } catch (IllegalArgumentException e) {
      throw UserException.wrongUse("%s: \"%s\" is not %s".formatted(flag, text, FORM), e);
    }
  }
}
