package io.earshot.detector.event;

import static io.earshot.detector.event.RuleBuilder.rule;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.models.feature.Segment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the tracker remembers, as the state store has it. */
class TrackerStateTest {
  private static final long T = 1_700_000_000_000_000L;

  /** As the Earshot before rules wrote it. */
  @Test
  void aStateOfFormerTimesIsReadAndItsEventIsClosed() {
    String json =
        """
        {"seen": [{"session": "s", "index": 1}], "open": [
          {"id": "8a1e0f4c-0000-3000-8000-000000000000", "label": "dog", "threshold": 0.5,
           "onsetMicros": 1700000000000000, "endMicros": 1700000000960000, "peak": 0.75,
           "published": 0.75, "scoreSum": 0.75, "coverageSum": 1.0, "segments": 1, "unscored": 0,
           "pending": 1, "levelDbfs": -20.0, "top": [{"label": "dog", "score": 0.75}]}]}
        """;
    TrackerState state = read(json);
    assertThat(state.hasSeen("s", 1)).isTrue();
    assertThat(state.lastMillis()).isEqualTo(1_700_000_000_960L);
    EventTracker tracker =
        new EventTracker(new EventRules(TrackedStream.MODEL, List.of(rule("dog", 0.5f).build())));
    Segment third = new Segment("s", 2, T + 1_920_000, 1, -20);
    EventTracker.Tracked goesOn = tracker.track(state, "door", third, new float[] {0.5f});
    assertThat(goesOn.events()).isEmpty();
    Segment fourth = new Segment("s", 3, T + 2_880_000, 1, -20);
    Event closed = tracker.track(goesOn.state(), "door", fourth, new float[1]).events().get(0);
    assertThat(closed.id()).isEqualTo("8a1e0f4c-0000-3000-8000-000000000000");
    assertThat(closed.onset()).isEqualTo("2023-11-14T22:13:20.000Z");
    assertThat(closed.durationMs()).isEqualTo(3 * 960);
    assertThat(closed.meanConfidence()).isEqualTo(0.625); // (0.75 + 0.5) / 2
    assertThat(closed.coverage()).isEqualTo(0.6667); // 2 of 3 segments
  }

  @Test
  void labelsThatNobodyHearsTakeNoRoom() {
    List<EventRules.Rule> rules =
        IntStream.range(0, 521)
            .mapToObj(i -> rule("label " + i, 0.3f).smoothing(Smoothing.Kind.MEDIAN, 5).build())
            .toList();
    EventTracker tracker = new EventTracker(new EventRules(TrackedStream.MODEL, rules));
    float[] scores = new float[521];
    Arrays.fill(scores, 0.009f);
    scores[7] = 0.2f;
    TrackerState state = TrackerState.EMPTY;
    for (int i = 0; i < 10; i++) {
      Segment segment = new Segment("s", i, T + i * 960_000L, 1, -20);
      state = tracker.track(state, "door", segment, scores).state();
    }
    assertThat(state.labels()).extracting(LabelMemory::label).containsExactly("label 7");
    assertThat(json(state)).hasSizeLessThan(1_500);
  }

  /** A model whose labels are others: what it left open is closed, what is new is heard. */
  @Test
  void whatIsOpenOfALabelThatThereIsNoMoreIsClosed() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f));
    door.hear(0.6);
    EventTracker other =
        new EventTracker(new EventRules(TrackedStream.MODEL, List.of(rule("cat", 0.5f).build())));
    Segment next = new Segment("s", 1, TrackedStream.T.toEpochMilli() * 1_000 + 960_000, 1, -20);
    EventTracker.Tracked tracked = other.track(door.state(), "door", next, new float[] {0.6f});
    assertThat(tracked.events())
        .extracting(event -> event.label() + " " + event.state())
        .containsExactly("cat OPEN", "dog CLOSED");
  }

  private static TrackerState read(String json) {
    try (var serde = JsonSerde.of(TrackerState.class)) {
      return serde.deserializer().deserialize(null, json.getBytes(UTF_8));
    }
  }

  private static String json(TrackerState state) {
    try (var serde = JsonSerde.of(TrackerState.class)) {
      return new String(serde.serializer().serialize(null, state), UTF_8);
    }
  }
}
