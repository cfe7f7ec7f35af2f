package io.earshot.detector.event;

import static io.earshot.detector.event.Event.State.CLOSED;
import static io.earshot.detector.event.Event.State.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.event.Event.EndedBy;
import io.earshot.models.feature.Segment;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Segments that are missing, not scored, sent again, or the last. */
class EventTrackerOrderTest {
  private static final long T = Instant.parse("2026-01-02T03:04:05.678Z").toEpochMilli() * 1000;
  private static final EventRules RULES = EventTrackerTest.rules(new Event.Model("net", "2"));

  private final EventTracker tracker = new EventTracker(RULES);
  private TrackerState state = TrackerState.EMPTY;

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
      EventTracker.Tracked end = tracker.end(state, "door", ended, EndedBy.END);
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

  private List<Event> track(String session, long index, float... scores) {
    return tracker(segment(session, index), scores);
  }

  private List<Event> tracker(Segment segment, float... scores) {
    float[] all = Arrays.copyOf(scores, RULES.size());
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
    EventTracker.Tracked tracked = tracker.end(state, "door", session, EndedBy.END);
    state = tracked.state();
    return tracked.events();
  }

  private static Segment segment(String session, long index) {
    return new Segment(session, index, T + index * 960_000, 1, -20);
  }

  private static List<Event.State> states(List<Event> events) {
    return events.stream().map(Event::state).toList();
  }
}
