package io.earshot.detector.event;

import static io.earshot.detector.event.RuleBuilder.rule;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earshot.models.feature.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        new EventTracker(new EventRules(TrackedStream.MODEL, List.of(rule("dog", 0.4f).build())));
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
    assertThat(closed.threshold()).isEqualTo(0.5);
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

  /** Of a label that both have, and of one that there is no more. */
  @Test
  void whatAFormerModelLeftOpenIsToldByItsOwnModelAndThreshold() {
    for (String label : List.of("dog", "cat")) {
      TrackedStream door =
          TrackedStream.of(rule("dog", 0.5f).offset(0.3f).hits(1, 2).max(60_000).cooldown(1_000));
      door.hear(0.6);
      Event closed = closedBy(nextModel(label, 0.9f), door.state());
      assertThat(closed.id()).isEqualTo(door.events.get(0).id());
      assertThat(closed.why()).isEqualTo(door.events.get(0).why());
      assertThat(closed.threshold()).isEqualTo(0.5);
      assertThat(closed.model()).isEqualTo(TrackedStream.MODEL);
    }
  }

  @Test
  void whatIsOpenOfALabelThatIsTheBackgroundNowIsClosed() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f));
    door.hear(0.6);
    Event closed = closedBy(nextModel("dog", EventRules.NEVER), door.state());
    assertThat(closed.threshold()).isEqualTo(0.5);
    assertThat(closed.why().offset()).isEqualTo(0.5);
    assertThat(closed.endedBy()).isEqualTo(Event.EndedBy.SESSION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dog", "cat"})
  void aCandidateOfAFormerModelIsToldByItToo(String label) {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f).hits(2, 3));
    door.hear(0.6);
    EventTracker.Tracked end =
        nextModel(label, EventRules.NEVER).end(door.state(), "door", "s", Event.EndedBy.END);
    assertThat(end.candidates()).hasSize(1);
    Candidate candidate = end.candidates().get(0);
    assertThat(candidate.threshold()).isEqualTo(0.5);
    assertThat(candidate.model()).isEqualTo(TrackedStream.MODEL);
    assertThat(candidate.reason()).isEqualTo(Candidate.Reason.BELOW_N_OF_M);
    assertFits("candidate.schema.json", Candidate.class, candidate);
  }

  @Test
  void whatAStateDoesNotTellOfAnOpenEventDoesNotKeepItOpen() throws Exception {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f));
    door.hear(0.6);
    JsonNode json = new ObjectMapper().readTree(json(door.state()));
    ObjectNode begin = (ObjectNode) json.at("/labels/0/track/begin");
    assertThat(begin.remove("terms")).isNotNull();
    Event same = closedBy(nextModel("dog", 0.25f), read(json.toString()));
    assertThat(same.threshold()).isEqualTo(0.25);
    Event gone = closedBy(nextModel("cat", 0.25f), read(json.toString()));
    assertThat(gone.threshold()).as("the highest that there is").isEqualTo(1);
  }

  /** As after a rollback. */
  @Test
  void aStateOfANewerEarshotIsRead() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f));
    door.hear(0.6);
    String newer = json(door.state()).replace("{", "{\"newer\":[1],");
    assertThat(read(newer)).isEqualTo(door.state());
  }

  /** A track and a start of each are 10 kB; 19 starts of each were 90. */
  @Test
  void labelsThatAreLoudForLongTakeLittleRoom() {
    List<EventRules.Rule> rules =
        IntStream.range(0, 5).mapToObj(i -> rule("label " + i, 0.3f).hits(20, 20).build()).toList();
    EventTracker tracker = new EventTracker(new EventRules(TrackedStream.MODEL, rules));
    TrackerState state = TrackerState.EMPTY;
    for (int i = 0; i < 19; i++) {
      Segment segment = new Segment("s", i, T + i * 960_000L, 1, -20);
      float score = 0.4f + i / 100f;
      state = tracker.track(state, "door", segment, filled(score)).state();
      assertThat(json(state)).hasSizeLessThan(15_000);
    }
    Segment last = new Segment("s", 19, T + 19 * 960_000L, 1, -20);
    List<Event> opened = tracker.track(state, "door", last, filled(0.9f)).events();
    assertThat(opened).hasSize(5);
    assertThat(opened)
        .allSatisfy(
            event -> {
              assertThat(event.durationMs()).isEqualTo(20 * 960);
              assertThat(event.top()).hasSize(5);
              assertThat(event.why().scores().get(0)).isEqualTo(new Event.Scored(0, 0.4, null));
            });
  }

  private static float[] filled(float score) {
    float[] scores = new float[5];
    Arrays.fill(scores, score);
    return scores;
  }

  private static EventTracker nextModel(String label, float onset) {
    EventRules.Rule rule = rule(label, onset).build();
    return new EventTracker(new EventRules(new Event.Model("net", "3"), List.of(rule)));
  }

  /** By two segments in which nothing is heard. */
  private static Event closedBy(EventTracker tracker, TrackerState state) {
    List<Event> events = new ArrayList<>();
    TrackerState next = state;
    for (int i = 1; i <= 2; i++) {
      long start = TrackedStream.T.toEpochMilli() * 1_000 + i * Segment.MICROS;
      EventTracker.Tracked tracked =
          tracker.track(next, "door", new Segment("s", i, start, 1, -20), new float[1]);
      next = tracked.state();
      events.addAll(tracked.events());
    }
    assertThat(events).extracting(Event::state).containsExactly(Event.State.CLOSED);
    assertFits("event.schema.json", Event.class, events.get(0));
    return events.get(0);
  }

  private static <T> void assertFits(String schema, Class<T> type, T value) {
    try (var serde = JsonSerde.of(type)) {
      byte[] json = serde.serializer().serialize(null, value);
      assertThat(EventTopologyFixture.schema(schema).validate(EventTopologyFixture.json(json)))
          .isEmpty();
    }
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
