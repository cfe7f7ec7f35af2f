package io.earshot.detector.event;

import static io.earshot.detector.event.Event.State.CLOSED;
import static io.earshot.detector.event.Event.State.OPEN;
import static io.earshot.detector.event.Event.State.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.models.feature.Segment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(state.open()).isEmpty();
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
  void aMissingSegmentClosesWhatIsOpen() {
    Event open = track("s", 0, 0.5f).get(0);
    List<Event> events = track("s", 2, 0.5f);
    assertThat(states(events)).containsExactly(CLOSED, OPEN);
    assertThat(events.get(0).id()).isEqualTo(open.id());
    assertThat(events.get(0).offset()).isEqualTo("2026-01-02T03:04:06.638Z");
    assertThat(events.get(1).id()).isNotEqualTo(open.id());
  }

  @Test
  void segmentsWithoutScoresAreBridgedAndCountAsNotHeard() {
    Event open = track("s", 0, 0.5f).get(0);
    assertThat(passOver(1)).isEmpty();
    assertThat(passOver(2)).isEmpty();
    assertThat(track("s", 3, 0.75f)).extracting(Event::id).containsExactly(open.id());
    passOver(4);
    track("s", 5, 0.625f);
    Event event = track("s", 6, 0.1f).get(0);
    assertThat(event.state()).isEqualTo(CLOSED);
    assertThat(event.durationMs()).isEqualTo(6 * 960);
    assertThat(event.meanConfidence()).isEqualTo(0.625); // (0.5 + 0.75 + 0.625) / 3
    assertThat(event.coverage()).isEqualTo(0.5); // 3 of 6 segments
  }

  @Test
  void segmentsWithoutScoresAtAnEventsEndAreNotOfIt() {
    track("s", 0, 0.5f);
    track("s", 1, 0.5f);
    passOver(2);
    Event event = track("s", 3, 0.4f).get(0);
    assertThat(event.durationMs()).isEqualTo(2 * 960);
    assertThat(event.coverage()).isEqualTo(1);
  }

  @Test
  void anEventOutlivesFourSegmentsWithoutScoresAndNotFive() {
    Event open = track("s", 0, 0.5f).get(0);
    for (long index = 1; index <= 4; index++) {
      assertThat(passOver(index)).isEmpty();
    }
    List<Event> closed = passOver(5);
    assertThat(states(closed)).containsExactly(CLOSED);
    assertThat(closed.get(0).id()).isEqualTo(open.id());
    assertThat(closed.get(0).offset()).isEqualTo("2026-01-02T03:04:06.638Z");
    assertThat(closed.get(0).coverage()).isEqualTo(1);
    assertThat(states(track("s", 6, 0.5f))).as("another event").containsExactly(OPEN);
  }

  @Test
  void aSegmentWithoutScoresIsAsGoodAsAnyForOrder() {
    track("s", 0, 0.5f);
    assertThat(states(passOver(2))).as("segment 1 is missing").containsExactly(CLOSED);
    TrackerState before = state;
    assertThat(tracker.passOver(state, "door", segment("s", 2)).repeated()).isTrue();
    assertThat(tracker.track(state, "door", segment("s", 2), new float[6]).repeated()).isTrue();
    assertThat(state).isEqualTo(before);
  }

  @Test
  void anotherSessionClosesWhatIsOpen() {
    track("s", 0, 0.5f);
    assertThat(states(track("t", 1, 0.5f))).containsExactly(CLOSED, OPEN);
  }

  @Test
  void aSegmentSeenBeforeChangesNothing() {
    track("s", 0, 0.1f);
    track("s", 1, 0.5f);
    TrackerState before = state;
    for (long index = 0; index <= 1; index++) {
      EventTracker.Tracked again =
          tracker.track(state, "door", segment("s", index), new float[] {1, 1, 1, 1, 1, 1});
      assertThat(again.repeated()).isTrue();
      assertThat(again.events()).isEmpty();
      assertThat(again.state()).isEqualTo(before);
    }
    assertThat(states(track("s", 2, 0.5f))).as("the event goes on").isEmpty();
  }

  @Test
  void aReplayOfOlderSessionsChangesNothing() {
    track("a", 5, 0.5f);
    track("b", 5, 0.5f);
    track("c", 0, 0.5f);
    TrackerState before = state;
    for (Segment old : List.of(segment("a", 4), segment("a", 5), segment("b", 0))) {
      assertThat(tracker.track(state, "door", old, new float[6]).repeated()).isTrue();
    }
    for (String ended : List.of("a", "b")) {
      EventTracker.Tracked end = tracker.end(state, "door", ended);
      assertThat(end.repeated()).as("the end of %s", ended).isTrue();
      assertThat(end.state()).isEqualTo(before);
      assertThat(end.events()).isEmpty();
    }
    assertThat(states(track("c", 1, 0.5f))).isEmpty();
  }

  @Test
  void theEndClosesAllAndASecondOneNothing() {
    track("s", 0, 0.5f, 0.5f, 0.5f);
    assertThat(states(end("s"))).containsExactly(CLOSED, CLOSED, CLOSED);
    assertThat(end("s")).isEmpty();
    assertThat(tracker.track(state, "door", segment("s", 0), new float[6]).repeated()).isTrue();
  }

  @Test
  void theEndOfASessionThatHadNoSegmentsClosesAll() {
    track("s.17", 0, 0.5f);
    assertThat(states(end("s"))).containsExactly(CLOSED);
    state = TrackerState.EMPTY;
    assertThat(end("s")).isEmpty();
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

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whateverIsHeardEventsAreWholeAndApart(long seed) {
    List<Event> events = hear(seed, false);
    Map<String, Event> open = new HashMap<>();
    Map<String, Instant> lastOffset = new HashMap<>();
    Set<String> ids = new HashSet<>();
    int bridged = 0;
    for (Event event : events) {
      Event before = open.get(event.label());
      switch (event.state()) {
        case OPEN -> {
          assertThat(before).as("one event of a label at a time").isNull();
          assertThat(ids.add(event.id())).as("a new id").isTrue();
          Instant onset = Instant.parse(event.onset());
          assertThat(onset).isAfterOrEqualTo(lastOffset.getOrDefault(event.label(), Instant.MIN));
          open.put(event.label(), event);
        }
        case UPDATE -> {
          assertThat(event.id()).isEqualTo(before.id());
          assertThat(event.confidence()).isGreaterThanOrEqualTo(before.confidence() + 0.0998);
          open.put(event.label(), event);
        }
        case CLOSED -> {
          bridged += event.coverage() < 1 ? 1 : 0;
          assertThat(event.id()).isEqualTo(before.id());
          Instant offset = Instant.parse(event.offset());
          assertThat(offset).isAfter(Instant.parse(event.onset()));
          assertThat(event.onset()).isEqualTo(before.onset());
          assertThat(event.meanConfidence()).isBetween(event.threshold(), event.confidence());
          lastOffset.put(event.label(), offset);
          open.remove(event.label());
        }
      }
    }
    assertThat(open).as("left open").isEmpty();
    assertThat(bridged).as("events across segments without scores").isGreaterThan(10);
    assertThat(ids).hasSizeGreaterThan(100);
    assertThat(hear(seed, true)).as("with every segment sent twice").isEqualTo(events);
  }

  /** Random scores in runs that break, some segments without scores, and the end. */
  private List<Event> hear(long seed, boolean twice) {
    Random random = new Random(seed);
    List<Event> events = new ArrayList<>();
    state = TrackerState.EMPTY;
    long start = T;
    int session = 0;
    long index = 0;
    for (int i = 0; i < 400; i++) {
      int what = random.nextInt(40);
      session += what == 0 ? 1 : 0;
      index = what == 0 ? 0 : index + (what == 1 ? 2 : 1);
      start += 960_000L * (what <= 1 ? 2 : 1);
      float[] scores = new float[6];
      for (int label = 0; label < 6; label++) {
        scores[label] = random.nextFloat();
      }
      Segment segment = new Segment("s" + session, index, start, 1, -20);
      boolean scored = random.nextInt(4) > 0;
      for (int times = twice ? 2 : 1; times > 0; times--) {
        events.addAll(scored ? tracker(segment, scores) : passOver(segment));
      }
    }
    events.addAll(end("s" + session));
    return events;
  }

  private List<Event> track(String session, long index, float... scores) {
    return tracker(segment(session, index), scores);
  }

  private List<Event> tracker(Segment segment, float... scores) {
    float[] all = java.util.Arrays.copyOf(scores, RULES.size());
    EventTracker.Tracked tracked = tracker.track(state, "door", segment, all);
    state = tracked.state();
    return tracked.events();
  }

  private List<Event> passOver(long index) {
    return passOver(segment("s", index));
  }

  private List<Event> passOver(Segment segment) {
    EventTracker.Tracked tracked = tracker.passOver(state, "door", segment);
    state = tracked.state();
    return tracked.events();
  }

  private List<Event> end(String session) {
    EventTracker.Tracked tracked = tracker.end(state, "door", session);
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
