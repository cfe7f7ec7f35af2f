package io.earshot.detector.event;

import io.earshot.detector.event.EventRules.Rule;
import io.earshot.detector.event.OnsetRefiner.Boundary;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What comes of a segment, in the form in which it is published. Used once, by one thread. */
final class Told {
  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Event.Model model;
  private final String stream;
  private final List<Event> events = new ArrayList<>();
  private final List<Event> ended = new ArrayList<>();
  private final List<Candidate> candidates = new ArrayList<>();

  Told(Event.Model model, String stream) {
    this.model = model;
    this.stream = stream;
  }

  String stream() {
    return stream;
  }

  /** What has begun and what goes on; behind it what is over. */
  List<Event> events() {
    List<Event> all = new ArrayList<>(events);
    all.addAll(ended);
    return List.copyOf(all);
  }

  List<Candidate> candidates() {
    return List.copyOf(candidates);
  }

  /** What is over up to now comes before whatever begins. */
  void settle() {
    events.addAll(ended);
    ended.clear();
  }

  void opened(Rule rule, Track track) {
    events.add(event(Event.State.OPEN, rule, track, null, null));
  }

  void updated(Rule rule, Track track) {
    events.add(event(Event.State.UPDATE, rule, track, null, null));
  }

  void closed(Rule rule, Track track, Boundary offset, Event.EndedBy reason) {
    ended.add(event(Event.State.CLOSED, rule, track, offset, reason));
  }

  /** One that another continues, which is yet to be told. */
  void continued(Rule rule, Track track, Boundary offset) {
    events.add(event(Event.State.CLOSED, rule, track, offset, Event.EndedBy.MAX_DURATION));
  }

  void rejected(Rule rule, Track track, Candidate.Reason reason) {
    long onset = track.begin().onset().micros();
    candidates.add(
        new Candidate(
            track.begin().id(),
            reason,
            stream,
            rule.label(),
            rfc3339(onset),
            rfc3339(track.endMicros()),
            millis(onset, track.endMicros()),
            rounded(track.peak().score()),
            rounded(track.by(rule).onset()),
            track.trail().toList(),
            track.by(model)));
  }

  private Event event(
      Event.State state, Rule rule, Track track, Boundary offset, Event.EndedBy reason) {
    long onset = track.begin().onset().micros();
    return new Event(
        track.begin().id(),
        state,
        stream,
        rule.label(),
        rfc3339(onset),
        offset == null ? null : rfc3339(offset.micros()),
        track.begin().onset().uncertaintyMillis(),
        offset == null ? null : offset.uncertaintyMillis(),
        millis(onset, offset == null ? track.endMicros() : offset.micros()),
        reason,
        track.begin().previous(),
        rounded(track.peak().score()),
        rounded(track.tally().meanScore()),
        rounded(track.tally().meanCoverage()),
        decibels(track.levelDbfs()),
        track.by(model),
        rounded(track.by(rule).onset()),
        track.peak().top(),
        why(track.by(rule), track));
  }

  private static Event.Why why(Rule rule, Track track) {
    Step.Loudness loudness = track.peak().loudness();
    return new Event.Why(
        rounded(rule.onset()),
        rounded(rule.offset()),
        rule.smoothing().toString(),
        rule.hits() + " of " + rule.of(),
        rule.min(),
        rule.merge(),
        rule.max() == 0 ? null : rule.max(),
        rule.cooldown(),
        loudness == null ? null : decibels(loudness.floorDbfs()),
        loudness == null ? null : decibels(loudness.peakDbfs()),
        track.trail().toList());
  }

  /** As the times that are published differ. */
  private static long millis(long fromMicros, long toMicros) {
    return Math.floorDiv(toMicros, 1000) - Math.floorDiv(fromMicros, 1000);
  }

  private static String rfc3339(long micros) {
    return RFC_3339.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  /** A score, to four decimals. */
  static double rounded(double score) {
    return Math.round(score * 1e4) / 1e4;
  }

  private static double decibels(double level) {
    return Math.round(level * 1e2) / 1e2;
  }
}
