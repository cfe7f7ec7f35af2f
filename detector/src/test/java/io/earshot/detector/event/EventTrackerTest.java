package io.earshot.detector.event;

import static io.earshot.detector.event.Event.State.CLOSED;
import static io.earshot.detector.event.Event.State.OPEN;
import static io.earshot.detector.event.Event.State.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.models.feature.Segment;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventTrackerTest {
  private static final long T = Instant.parse("2026-01-02T03:04:05.678Z").toEpochMilli() * 1000;
  private static final Event.Model MODEL = new Event.Model("net", "2");
  private static final EventRules RULES = rules(MODEL);

  private final EventTracker tracker = new EventTracker(RULES);
  private TrackerState state = TrackerState.EMPTY;

  @Test
  void anEventOpensAtItsThreshold() {
    assertThat(track("s", 0, 0.4999f, 0.2999f, 0, 0, 0, 0)).isEmpty();
    List<Event> events = track("s", 1, 0.5f, 0.2999f, 0.1f, 0.05f, 0.01f, 0.02f);
    assertThat(events).hasSize(1);
    Event event = events.get(0);
    assertThat(event.state()).isEqualTo(OPEN);
    assertThat(event.stream()).isEqualTo("door");
    assertThat(event.label()).isEqualTo("dog");
    assertThat(event.onset()).isEqualTo("2026-01-02T03:04:06.638Z");
    assertThat(event.offset()).isNull();
    assertThat(event.durationMs()).isEqualTo(960);
    assertThat(event.confidence()).isEqualTo(0.5);
    assertThat(event.meanConfidence()).isEqualTo(0.5);
    assertThat(event.threshold()).isEqualTo(0.5);
    assertThat(event.model()).isEqualTo(MODEL);
    // The best five of six, best first.
    assertThat(event.top())
        .containsExactly(
            score("dog", 0.5),
            score("cat", 0.2999),
            score("rain", 0.1),
            score("sea", 0.05),
            score("fire", 0.02));
  }

  @Test
  void aLabelThatNeverRaisesIsStillAmongTheTop() {
    EventRules rules =
        new EventRules(
            MODEL,
            List.of(
                new EventRules.Rule("dog", 0.5f),
                new EventRules.Rule("background", EventRules.NEVER)));
    float[] scores = {0.75f, 1};
    List<Event> events =
        new EventTracker(rules).track(TrackerState.EMPTY, "door", segment("s", 0), scores).events();
    assertThat(events).extracting(Event::label).containsExactly("dog");
    assertThat(events.get(0).top()).containsExactly(score("background", 1), score("dog", 0.75));
  }

  @Test
  void anUpdateIsToldWhenThePeakHasRisenByATenth() {
    assertThat(states(track("s", 0, 0.5f))).containsExactly(OPEN);
    assertThat(states(track("s", 1, 0.59f))).isEmpty();
    List<Event> update = track("s", 2, 0.605f);
    assertThat(states(update)).containsExactly(UPDATE);
    assertThat(update.get(0).confidence()).isEqualTo(0.605);
    assertThat(update.get(0).offset()).isNull();
    assertThat(update.get(0).durationMs()).isEqualTo(3 * 960);
    assertThat(states(track("s", 3, 0.7f))).as("0.1 above what was told last").isEmpty();
    assertThat(states(track("s", 4, 0.71f))).containsExactly(UPDATE);
    assertThat(states(track("s", 5, 0.5f))).isEmpty();
  }

  @Test
  void aClosedEventSaysAllOfIt() {
    tracker(new Segment("s", 7, T, 1, -30), 0.5f, 0.1f);
    tracker(new Segment("s", 8, T + 960_000, 0.5, -12.346), 0.75f, 0.2f);
    tracker(new Segment("s", 9, T + 1_920_000, 0.9, -20), 0.625f, 0.25f);
    List<Event> events = tracker(new Segment("s", 10, T + 2_880_000, 1, 0), 0.4f);
    assertThat(events).hasSize(1);
    Event event = events.get(0);
    assertThat(event.state()).isEqualTo(CLOSED);
    assertThat(event.onset()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(event.offset()).isEqualTo("2026-01-02T03:04:08.558Z");
    assertThat(event.durationMs()).isEqualTo(2_880);
    assertThat(event.confidence()).isEqualTo(0.75);
    assertThat(event.meanConfidence()).isEqualTo(0.625); // (0.5 + 0.75 + 0.625) / 3
    assertThat(event.coverage()).isEqualTo(0.8); // (1 + 0.5 + 0.9) / 3
    assertThat(event.levelDbfs()).isEqualTo(-12.35); // the loudest, two decimals
    assertThat(event.top()).startsWith(score("dog", 0.75), score("cat", 0.2));
    assertThat(events.get(0).endedBy()).isEqualTo(Event.EndedBy.OFFSET);
  }

  @Test
  void eachLabelHasItsOwnEventAndThreshold() {
    List<Event> events = track("s", 0, 0.6f, 0.31f);
    assertThat(events).extracting(Event::label).containsExactly("dog", "cat");
    assertThat(events).extracting(Event::threshold).containsExactly(0.5, 0.3);
    List<Event> later = track("s", 1, 0.1f, 0.32f);
    assertThat(later).extracting(Event::label).containsExactly("dog");
    assertThat(states(later)).containsExactly(CLOSED);
    assertThat(later.get(0).id()).isEqualTo(events.get(0).id()).isNotEqualTo(events.get(1).id());
  }

  @Test
  void anIdIsOfStreamSessionLabelFirstSegmentAndModel() {
    Set<String> ids = new HashSet<>();
    float[] both = {1, 1, 0, 0, 0, 0};
    EventTracker other = new EventTracker(rules(new Event.Model("net", "3")));
    for (String stream : List.of("door", "gate")) {
      for (String session : List.of("s", "t")) {
        for (long index : new long[] {0, 1}) {
          for (EventTracker each : List.of(tracker, other)) {
            var first = each.track(TrackerState.EMPTY, stream, segment(session, index), both);
            var again = each.track(TrackerState.EMPTY, stream, segment(session, index), both);
            assertThat(again.events()).isEqualTo(first.events()).hasSize(2);
            first.events().forEach(event -> ids.add(event.id()));
          }
        }
      }
    }
    assertThat(ids).hasSize(2 * 2 * 2 * 2 * 2);
  }

  private List<Event> track(String session, long index, float... scores) {
    return tracker(segment(session, index), scores);
  }

  private List<Event> tracker(Segment segment, float... scores) {
    float[] all = Arrays.copyOf(scores, RULES.size());
    EventTracker.Tracked tracked = tracker.track(state, "door", segment, all);
    state = tracked.state();
    return tracked.events();
  }

  private static Segment segment(String session, long index) {
    return new Segment(session, index, T + index * 960_000, 1, -20);
  }

  private static List<Event.State> states(List<Event> events) {
    return events.stream().map(Event::state).toList();
  }

  private static Event.Score score(String label, double score) {
    return new Event.Score(label, score);
  }

  static EventRules rules(Event.Model model) {
    return new EventRules(
        model,
        List.of(
            new EventRules.Rule("dog", 0.5f),
            new EventRules.Rule("cat", 0.3f),
            new EventRules.Rule("rain", 0.5f),
            new EventRules.Rule("sea", 0.5f),
            new EventRules.Rule("wind", 0.5f),
            new EventRules.Rule("fire", 0.5f)));
  }
}
