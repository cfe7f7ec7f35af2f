package io.earshot.detector.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earshot.detector.event.Candidate;
import io.earshot.detector.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Events as lines of text. */
final class EventText {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Where a stream's sound came from.
   *
   * @param file as the user named it
   * @param start capture time of its first sample
   * @param named whether lines for people and tables say which file
   */
  record Origin(String file, Instant start, boolean named) {
    double seconds(String rfc3339) {
      return Duration.between(start, Instant.parse(rfc3339)).toMillis() / 1000.0;
    }
  }

  private EventText() {}

  /** A closed event of a file, in seconds from the file's beginning. */
  static String ofFile(Event event, EventFormat format, Origin origin) {
    double onset = origin.seconds(event.onset());
    double offset = origin.seconds(event.offset());
    return switch (format) {
      case TEXT ->
          (origin.named() ? origin.file() + "  " : "")
              + String.format(
                  Locale.ROOT,
                  "%s  %s  %.2f  %s",
                  clock(onset),
                  clock(offset),
                  event.confidence(),
                  event.label());
      case TSV ->
          (origin.named() ? origin.file() + "\t" : "")
              + String.format(Locale.ROOT, "%.3f\t%.3f\t%s", onset, offset, event.label());
      case JSONL -> {
        ObjectNode json = JSON.valueToTree(event);
        json.put("file", origin.file());
        json.put("start_seconds", onset);
        json.put("end_seconds", offset);
        yield json.toString();
      }
    };
  }

  /** An event of a file that is still going on: where its end will stand there is room. */
  static String begun(Event event, Origin origin) {
    return String.format(
        Locale.ROOT,
        "%s  ...        %.2f  %s",
        clock(origin.seconds(event.onset())),
        event.confidence(),
        event.label());
  }

  /** An event of a live stream, in time of day. */
  static String ofStream(Event event, EventFormat format) {
    return switch (format) {
      case TEXT ->
          String.format(
              Locale.ROOT,
              "%s  %s  %-6s  %.2f  %s",
              event.onset(),
              event.stream(),
              event.state().name().toLowerCase(Locale.ROOT),
              event.confidence(),
              event.state() == Event.State.CLOSED
                  ? event.label()
                      + String.format(Locale.ROOT, " (%.2f s)", event.durationMs() / 1000.0)
                  : event.label());
      case TSV -> event.onset() + "\t" + event.offset() + "\t" + event.label();
      case JSONL -> json(event);
    };
  }

  /** What a live stream had that became no event: the columns of events, and the reason. */
  static String ofCandidate(Candidate candidate, EventFormat format) {
    String reason = candidate.reason().code();
    return switch (format) {
      case TEXT ->
          String.format(
              Locale.ROOT,
              "%s  %s  %-6s  %.2f  %s (%.2f s): %s, threshold %.2f",
              candidate.onset(),
              candidate.stream(),
              "none",
              candidate.confidence(),
              candidate.label(),
              candidate.durationMs() / 1000.0,
              reason,
              candidate.threshold());
      case TSV ->
          String.join("\t", candidate.onset(), candidate.offset(), candidate.label(), reason);
      case JSONL -> json(candidate);
    };
  }

  private static String json(Object event) {
    try {
      return JSON.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event cannot fail to be JSON", e);
    }
  }

  /** 01:02.345, with hours from the first hour on. */
  private static String clock(double seconds) {
    long millis = Math.round(seconds * 1000);
    long hours = millis / 3_600_000;
    String rest =
        String.format(
            Locale.ROOT, "%02d:%02d.%03d", millis / 60_000 % 60, millis / 1000 % 60, millis % 1000);
    return hours > 0 ? hours + ":" + rest : rest;
  }
}
