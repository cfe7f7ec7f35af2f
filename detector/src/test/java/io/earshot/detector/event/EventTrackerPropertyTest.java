package io.earshot.detector.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.event.Event.EndedBy;
import io.earshot.models.feature.Envelope;
import io.earshot.models.feature.Segment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What holds by whatever rules, whatever is heard. */
class EventTrackerPropertyTest {
  private static final long T = 1_700_000_000_000_000L;
  private static final int LABELS = 3;

  /** What comes next: scores, a segment without, one that is missing, another run, an end. */
  enum What {
    SCORED,
    UNSCORED,
    AFTER_A_GAP,
    OF_ANOTHER_SESSION,
    END
  }

  /**
   * @param loud sets the levels
   */
  record Next(What what, List<Float> scores, int loud) {}

  private record Heard(List<Event> events, List<Candidate> candidates, TrackerState state) {}

  @Property(tries = 600)
  void eventsAreWholeAndApart(@ForAll("rules") EventRules rules, @ForAll("stream") List<Next> all) {
    Heard heard = hear(rules, all, 0, Integer.MAX_VALUE, TrackerState.EMPTY, false);
    Map<String, Event> open = new HashMap<>();
    Map<String, Event> last = new HashMap<>();
    Set<String> ids = new HashSet<>();
    for (Event event : heard.events) {
      Event before = open.get(event.label());
      switch (event.state()) {
        case OPEN -> {
          assertThat(before).as("one event of a label at a time").isNull();
          assertThat(ids.add(event.id())).as("a new id").isTrue();
          assertApart(last.get(event.label()), event);
          open.put(event.label(), event);
        }
        case UPDATE -> {
          assertThat(event.id()).isEqualTo(before.id());
          assertThat(event.onset()).isEqualTo(before.onset());
          assertThat(event.confidence()).isGreaterThan(before.confidence());
        }
        case CLOSED -> {
          assertThat(event.id()).isEqualTo(before.id());
          assertThat(event.onset()).isEqualTo(before.onset());
          assertThat(event.onsetUncertaintyMs()).isEqualTo(before.onsetUncertaintyMs());
          assertThat(time(event.offset())).isAfter(time(event.onset()));
          assertThat(event.confidence()).isGreaterThanOrEqualTo(event.why().offset());
          last.put(event.label(), event);
          open.remove(event.label());
        }
      }
    }
    assertThat(open).as("left open").isEmpty();
    for (Candidate candidate : heard.candidates) {
      assertThat(ids.add(candidate.id())).as("an id of its own").isTrue();
      // What would continue another need not have reached its onset again.
      if (candidate.reason().compareTo(Candidate.Reason.TOO_SHORT) <= 0) {
        double half = candidate.threshold() / 2 - 1e-4;
        assertThat(candidate.confidence()).isGreaterThanOrEqualTo(half);
      }
      assertThat(time(candidate.offset())).isAfter(time(candidate.onset()));
    }
  }

  private static void assertApart(Event before, Event event) {
    if (before != null) {
      assertThat(time(event.onset())).isAfterOrEqualTo(time(before.offset()));
    }
    if (event.previous() != null) {
      assertThat(event.previous()).isEqualTo(before.id());
      assertThat(before.endedBy()).isEqualTo(EndedBy.MAX_DURATION);
    }
  }

  /** The state goes through its JSON in between, as when another process takes over. */
  @Property(tries = 300)
  void aPrefixAndTheRestAreTheWhole(
      @ForAll("rules") EventRules rules,
      @ForAll("stream") List<Next> all,
      @ForAll @IntRange(max = 60) int prefix) {
    Heard whole = hear(rules, all, 0, Integer.MAX_VALUE, TrackerState.EMPTY, false);
    Heard first = hear(rules, all, 0, prefix, TrackerState.EMPTY, false);
    Heard rest = hear(rules, all, prefix, Integer.MAX_VALUE, throughJson(first.state), false);
    List<Event> events = new ArrayList<>(first.events);
    events.addAll(rest.events);
    List<Candidate> candidates = new ArrayList<>(first.candidates);
    candidates.addAll(rest.candidates);
    assertThat(events).isEqualTo(whole.events);
    assertThat(candidates).isEqualTo(whole.candidates);
    assertThat(rest.state).isEqualTo(whole.state);
  }

  @Property(tries = 200)
  void aSegmentThatComesTwiceChangesNothing(
      @ForAll("rules") EventRules rules, @ForAll("stream") List<Next> all) {
    Heard once = hear(rules, all, 0, Integer.MAX_VALUE, TrackerState.EMPTY, false);
    Heard twice = hear(rules, all, 0, Integer.MAX_VALUE, TrackerState.EMPTY, true);
    assertThat(twice).isEqualTo(once);
  }

  private static TrackerState throughJson(TrackerState state) {
    try (var json = JsonSerde.of(TrackerState.class)) {
      byte[] bytes = json.serializer().serialize(null, state);
      return json.deserializer().deserialize(null, bytes);
    }
  }

  private static Instant time(String rfc3339) {
    return Instant.parse(rfc3339);
  }

  /** Where each segment is depends on those before it alone, heard or left out. */
  private static Heard hear(
      EventRules rules, List<Next> all, int from, int to, TrackerState before, boolean twice) {
    EventTracker tracker = new EventTracker(rules);
    Heard heard = new Heard(new ArrayList<>(), new ArrayList<>(), before);
    int session = 0;
    long index = 0;
    long start = T;
    for (int i = 0; i < all.size(); i++) {
      Next next = all.get(i);
      boolean other = next.what == What.OF_ANOTHER_SESSION;
      boolean gap = next.what == What.AFTER_A_GAP;
      session += other ? 1 : 0;
      index = other ? 0 : index + (gap ? 2 : 1);
      start += rules.hopMillis() * 1_000L * (gap ? 2 : 1) + (other ? 1_000_000 : 0);
      Segment segment =
          new Segment("s" + session, index, start, next.loud % 3 == 0 ? 0.5 : 1, -20, levels(next));
      for (int times = twice ? 2 : 1; times > 0 && i >= from && i < to; times--) {
        heard = and(heard, step(tracker, heard.state, segment, next));
      }
    }
    if (to >= all.size()) {
      heard = and(heard, tracker.end(heard.state, "door", EndedBy.END));
    }
    return heard;
  }

  private static Heard and(Heard before, EventTracker.Tracked next) {
    before.events.addAll(next.events());
    before.candidates.addAll(next.candidates());
    return new Heard(before.events, before.candidates, next.state());
  }

  private static EventTracker.Tracked step(
      EventTracker tracker, TrackerState state, Segment segment, Next next) {
    if (next.what == What.END) {
      return tracker.end(state, "door", segment.session(), EndedBy.TIMEOUT);
    }
    if (next.what == What.UNSCORED) {
      return tracker.passOver(state, "door", segment);
    }
    float[] scores = new float[LABELS];
    for (int i = 0; i < LABELS; i++) {
      scores[i] = next.scores.get(i);
    }
    return tracker.track(state, "door", segment, scores);
  }

  /** Levels of 24 steps that jump up and down; none at times. */
  private static Envelope levels(Next next) {
    if (next.loud == 0) {
      return null;
    }
    Random random = new Random(next.loud);
    double[] levels = new double[2 * Envelope.STEPS];
    double level = -50;
    for (int i = 0; i < levels.length; i += 2) {
      level = random.nextInt(6) == 0 ? -10 - random.nextInt(60) : level;
      levels[i] = level;
      levels[i + 1] = 1;
    }
    return Envelopes.of(levels);
  }

  @Provide
  Arbitrary<List<Next>> stream() {
    Arbitrary<What> what =
        Arbitraries.frequency(
            Tuple.of(40, What.SCORED),
            Tuple.of(6, What.UNSCORED),
            Tuple.of(1, What.AFTER_A_GAP),
            Tuple.of(1, What.OF_ANOTHER_SESSION),
            Tuple.of(1, What.END));
    Arbitrary<List<Float>> scores = Arbitraries.floats().between(0, 1).list().ofSize(LABELS);
    Arbitrary<Integer> loud = Arbitraries.integers().between(0, 1_000);
    return Combinators.combine(what, scores, loud).as(Next::new).list().ofMinSize(1).ofMaxSize(80);
  }

  @Provide
  Arbitrary<EventRules> rules() {
    Arbitrary<Boolean> loud = Arbitraries.of(true, false);
    Arbitrary<Integer> hop = Arbitraries.of(960, 480, 240);
    return Combinators.combine(rule("a"), rule("b"), rule("c"), rule("loud_sound"), loud, hop)
        .as(
            (a, b, c, loudest, withLoud, hopMillis) ->
                new EventRules(
                    new Event.Model("net", "2"),
                    List.of(a, b, c),
                    hopMillis,
                    withLoud ? new EventRules.Loud(loudest, LoudSoundRules.DEFAULT) : null));
  }

  private static Arbitrary<EventRules.Rule> rule(String label) {
    Arbitrary<Float> onset = Arbitraries.floats().between(0.2f, 0.9f);
    Arbitrary<Float> part = Arbitraries.floats().between(0.3f, 1);
    Arbitrary<Smoothing> smoothing =
        Arbitraries.of(
            Smoothing.NONE,
            new Smoothing(Smoothing.Kind.MEDIAN, 3),
            new Smoothing(Smoothing.Kind.EXPONENTIAL, 4));
    Arbitrary<List<Integer>> hits = Arbitraries.integers().between(1, 4).list().ofSize(2);
    Arbitrary<Long> min = Arbitraries.of(0L, 0L, 1_000L, 3_000L);
    Arbitrary<Long> merge = Arbitraries.of(0L, 0L, 1_000L, 2_500L);
    Arbitrary<Long> max = Arbitraries.of(0L, 3_000L, 5_000L);
    Arbitrary<Long> cooldown = Arbitraries.of(0L, 0L, 2_000L, 10_000L);
    return Combinators.combine(onset, part, smoothing, hits, min, merge, max, cooldown)
        .as(
            (from, down, smooth, counts, least, gap, most, rest) ->
                RuleBuilder.rule(label, from)
                    .offset(from * down)
                    .smoothing(smooth.kind(), smooth.segments())
                    .hits(
                        Math.min(counts.get(0), counts.get(1)),
                        Math.max(counts.get(0), counts.get(1)))
                    .min(least)
                    .merge(gap)
                    .max(most)
                    .cooldown(rest)
                    .build());
  }
}
