package io.earshot.detector.app;

import io.earshot.detector.event.Candidate;
import io.earshot.detector.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became no event: of each candidate where it was and why. */
final class Misses {
  private record Miss(long onset, long offset, String reason) {}

  private final Map<Span.Kind, List<Miss>> byKind = new HashMap<>();

  void add(Candidate candidate) {
    byKind
        .computeIfAbsent(
            new Span.Kind(candidate.stream(), candidate.label()), kind -> new ArrayList<>())
        .add(
            new Miss(
                millis(candidate.onset()), millis(candidate.offset()), candidate.reason().code()));
  }

  /** Of the first candidate that overlaps the event, what it has become. */
  Optional<String> reason(Event lost) {
    Span span = Span.of(lost);
    return byKind.getOrDefault(Span.Kind.of(lost), List.of()).stream()
        .filter(miss -> miss.onset < span.end() && miss.offset > span.onset())
        .map(Miss::reason)
        .findFirst();
  }

  private static long millis(String rfc3339) {
    return Instant.parse(rfc3339).toEpochMilli();
  }
}
