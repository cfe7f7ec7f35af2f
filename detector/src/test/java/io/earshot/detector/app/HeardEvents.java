package io.earshot.detector.app;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.earshot.detector.event.Event;
import io.earshot.producer.frame.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was heard in streams that carry the same sound, to be compared. */
final class HeardEvents {
  private static final long PAUSE_MILLIS = 1_000;

  private HeardEvents() {}

  /** In the order of their onsets. */
  static Map<String, List<Event>> byStream(List<Event> events) {
    Map<String, List<Event>> byStream =
        events.stream()
            .sorted((one, other) -> one.onset().compareTo(other.onset()))
            .collect(groupingBy(Event::stream, toList()));
    byStream.replaceAll((stream, its) -> whole(its));
    return byStream;
  }

  /**
   * On a busy machine a sender stalls for a moment; a run ends by that, and what goes on behind it
   * is another event. Here these are one.
   */
  private static List<Event> whole(List<Event> events) {
    List<Event> whole = new ArrayList<>();
    Event before = null;
    for (Event event : events) {
      if (before == null
          || !before.label().equals(event.label())
          || pause(before, event) > PAUSE_MILLIS) {
        whole.add(event);
      }
      before = event;
    }
    return whole;
  }

  private static long pause(Event before, Event after) {
    return Duration.between(Instant.parse(before.offset()), Instant.parse(after.onset()))
        .toMillis();
  }

  static List<String> labels(List<Event> events) {
    return events.stream().map(Event::label).toList();
  }

  /** From one event to another, or from the beginning, which is event -1. */
  static double seconds(List<Event> events, int from, int to, List<Frame> frames) {
    double start = from < 0 ? 0 : position(events.get(from), frames);
    return position(events.get(to), frames) - start;
  }

  /**
   * Seconds of sound before an event. Capture times of a source without a clock settle in its first
   * second, so time is counted in what came.
   */
  private static double position(Event event, List<Frame> frames) {
    long onset = Instant.parse(event.onset()).toEpochMilli();
    long samples = 0;
    long before = 0;
    for (Frame frame : frames) {
      if (frame.captureMillis() <= onset) {
        before = samples + (onset - frame.captureMillis()) * (Frame.RATE / 1000);
      }
      samples += frame.samples();
    }
    return before / (double) Frame.RATE;
  }
}
