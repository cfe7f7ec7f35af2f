package io.earshot.detector.event;

import static io.earshot.detector.event.Event.State.CLOSED;
import static io.earshot.detector.event.Event.State.OPEN;
import static io.earshot.detector.event.RuleBuilder.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.event.Event.EndedBy;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each rule makes of segments of 960 ms, worked out by hand. */
class LabelRulesTest {
  /** 0.5 begins it, 0.3 keeps it, 0.29 ends it, and 0.4 does not begin another. */
  @Test
  void anEventThatHasBegunGoesOnDownToItsOffsetThreshold() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f).offset(0.3f));
    door.hear(0.4, 0.5, 0.3, 0.49, 0.29, 0.4, 0.29);
    assertThat(door.closed()).containsExactly("0.96-3.84 offset");
    assertThat(door.states()).containsExactly(OPEN, CLOSED);
    Event event = door.events.get(1);
    assertThat(event.meanConfidence()).isEqualTo(0.43); // (0.5 + 0.3 + 0.49) / 3
    assertThat(event.why().onset()).isEqualTo(0.5);
    assertThat(event.why().offset()).isEqualTo(0.3);
    assertThat(event.why().scores())
        .containsExactly(
            new Event.Scored(1, 0.5, null),
            new Event.Scored(2, 0.3, null),
            new Event.Scored(3, 0.49, null));
  }

  /** Medians of the last three: 0, 0, 0, 0.9, 0.9, 0.9, 0.8, 0.1. */
  @Test
  void aMedianLeavesOutSingleSegments() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f).smoothing(Smoothing.Kind.MEDIAN, 3));
    door.hear(0, 0.9, 0, 0.9, 0.9, 0.8, 0.1, 0.1);
    assertThat(door.closed()).containsExactly("2.88-6.72 offset");
    Event event = door.events.get(door.events.size() - 1);
    assertThat(event.confidence()).isEqualTo(0.9);
    assertThat(event.why().smoothing()).isEqualTo("median of 3");
    assertThat(event.why().scores())
        .containsExactly(
            new Event.Scored(3, 0.9, 0.9),
            new Event.Scored(4, 0.9, 0.9),
            new Event.Scored(5, 0.8, 0.9),
            new Event.Scored(6, 0.1, 0.8));
    assertThat(event.onsetUncertaintyMs()).as("a segment and its lag").isEqualTo(2 * 960);
  }

  /** Over three segments each score weighs half: 0.4, 0.6, 0.7, 0.35, 0.175. */
  @Test
  void anExponentialMeanRisesAndFallsSlowly() {
    TrackedStream door =
        TrackedStream.of(rule("dog", 0.5f).smoothing(Smoothing.Kind.EXPONENTIAL, 3));
    door.hear(0.8, 0.8, 0.8, 0, 0);
    assertThat(door.closed()).containsExactly("0.96-2.88 offset");
    assertThat(door.events.get(door.events.size() - 1).why().scores())
        .containsExactly(new Event.Scored(1, 0.8, 0.6), new Event.Scored(2, 0.8, 0.7));
  }

  @Test
  void anEventNeedsNOfMSegmentsAndBeginsWithTheFirstOfThem() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f).hits(2, 3));
    // One hit alone; then two in three; the low one between them is a part of it.
    door.hear(0.6, 0, 0, 0, 0.6, 0);
    assertThat(door.events).isEmpty();
    door.hear(0.7);
    assertThat(door.states()).containsExactly(OPEN);
    assertThat(door.events.get(0).durationMs()).isEqualTo(3 * 960);
    door.hear(0);
    assertThat(door.closed()).containsExactly("3.84-6.72 offset");
    assertThat(door.rejected()).containsExactly("0.0-2.88 below_n_of_m");
    assertThat(door.events.get(1).why().nOfM()).isEqualTo("2 of 3");
  }

  @Test
  void aHitThatIsTooOldIsNotOfTheEvent() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f).hits(2, 2));
    door.hear(0.6, 0.1, 0.6, 0.6, 0);
    assertThat(door.closed()).containsExactly("1.92-3.84 offset");
  }

  @Test
  void anEventIsToldWhenItHasLastedForTheLeastDuration() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f).min(2_000));
    door.hear(0.6, 0.6, 0);
    assertThat(door.events).isEmpty();
    assertThat(door.rejected()).containsExactly("0.0-1.92 too_short");
    door.hear(0.6, 0.6);
    assertThat(door.events).isEmpty();
    door.hear(0.6);
    assertThat(door.states()).containsExactly(OPEN);
    assertThat(door.events.get(0).onset()).isEqualTo("2026-01-02T03:04:02.880Z");
    door.hear(0);
    assertThat(door.closed()).containsExactly("2.88-5.76 offset");
  }

  /** 1.92 s of pause are less than 2 s, 2.88 s are not. */
  @Test
  void aPauseShorterThanTheGapIsAPartOfTheEvent() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f).merge(2_000));
    door.hear(0.6, 0, 0, 0.8, 0, 0);
    assertThat(door.closed()).as("the gap has not passed").isEmpty();
    door.hear(0);
    assertThat(door.closed()).containsExactly("0.0-3.84 offset");
    Event event = door.events.get(door.events.size() - 1);
    assertThat(event.meanConfidence()).isEqualTo(0.35); // (0.6 + 0 + 0 + 0.8) / 4
    door.hear(0.6, 0, 0, 0);
    assertThat(door.closed()).hasSize(2);
    assertThat(door.candidates).isEmpty();
  }

  @Test
  void onlyAnOnsetEndsAPause() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f).offset(0.3f).merge(1_000));
    door.hear(0.6, 0.2, 0.4, 0.2);
    assertThat(door.closed()).containsExactly("0.0-0.96 offset");
  }

  @Test
  void aLongEventIsClosedAndContinuedByAnotherThatNamesIt() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f).max(2_000).min(1_500));
    door.hear(0.6, 0.6, 0.6, 0.6, 0.6, 0);
    assertThat(door.closed())
        .containsExactly("0.0-1.92 max_duration", "1.92-3.84 max_duration", "3.84-4.8 offset");
    List<Event> closed = door.events.stream().filter(event -> event.state() == CLOSED).toList();
    assertThat(closed.get(0).previous()).isNull();
    assertThat(closed.get(1).previous()).isEqualTo(closed.get(0).id());
    assertThat(closed.get(2).previous()).isEqualTo(closed.get(1).id());
    assertThat(closed).extracting(Event::id).doesNotHaveDuplicates();
    assertThat(closed.get(0).offsetUncertaintyMs()).isZero();
    assertThat(closed.get(1).onsetUncertaintyMs()).isZero();
    assertThat(door.states()).containsExactly(OPEN, CLOSED, OPEN, CLOSED, OPEN, CLOSED);
  }

  @Test
  void whatBeginsInTheCooldownIsNoEvent() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f).cooldown(2_000));
    // Ends at 0.96; 1.92 is 0.96 s after it, 3.84 is 2.88 s after it.
    door.hear(0.6, 0, 0.6, 0, 0.6, 0);
    assertThat(door.closed()).containsExactly("0.0-0.96 offset", "3.84-4.8 offset");
    assertThat(door.rejected()).containsExactly("1.92-2.88 cooldown");
  }

  @Test
  void theCooldownOutlivesTheSession() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f).cooldown(60_000));
    door.hear(0.6).end(EndedBy.END).session("t", 1_000).hear(0.6, 0);
    assertThat(door.closed()).containsExactly("0.0-0.96 end");
    assertThat(door.rejected()).containsExactly("1.96-2.92 cooldown");
  }

  /** An hour back: nobody knows how long ago the last event was. */
  @Test
  void aClockThatIsSetBackEndsTheCooldown() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f).cooldown(60_000));
    door.hear(0.6, 0).session("t", -3_600_000).hear(0.6, 0);
    assertThat(door.closed()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"DENIED", "NOT_ALLOWED"})
  void aBarredLabelHasCandidatesInPlaceOfEvents(Candidate.Reason reason) {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f).barred(reason));
    door.hear(0.6, 0.7, 0.4, 0.4, 0, 0.6, 0);
    assertThat(door.events).isEmpty();
    assertThat(door.rejected())
        .containsExactly("0.0-1.92 " + reason.code(), "4.8-5.76 " + reason.code());
    assertThat(door.candidates.get(0).confidence()).isEqualTo(0.7);
  }

  /** From 03:04:01 to 03:04:03 by the clock there. */
  @Test
  void noEventBeginsInQuietHours() {
    QuietHours hours =
        new DailyQuietHours(
            LocalTime.of(3, 4, 1),
            LocalTime.of(3, 4, 3),
            Set.of(DayOfWeek.values()),
            ZoneId.of("UTC"));
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f).quiet(hours));
    door.hear(0.6, 0.6, 0, 0.6, 0);
    assertThat(door.closed())
        .as("begun before them, it goes on")
        .containsExactly("0.0-1.92 offset");
    assertThat(door.rejected()).containsExactly("2.88-3.84 quiet_hours");
  }

  @Test
  void aSegmentAtHalfTheThresholdIsToldOnceItIsOver() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f));
    door.hear(0.24, 0.25, 0.49, 0.3);
    assertThat(door.candidates).isEmpty();
    door.hear(0.1);
    assertThat(door.rejected()).containsExactly("0.96-3.84 below_onset");
    Candidate candidate = door.candidates.get(0);
    assertThat(candidate.confidence()).isEqualTo(0.49);
    assertThat(candidate.threshold()).isEqualTo(0.5);
    assertThat(candidate.scores()).extracting(Event.Scored::score).containsExactly(0.25, 0.49, 0.3);
  }

  @Test
  void whatAnEventRisesFromAndFadesToIsNoCandidate() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f));
    door.hear(0.4, 0.6, 0.4, 0.3, 0);
    assertThat(door.closed()).containsExactly("0.96-1.92 offset");
    assertThat(door.candidates).isEmpty();
    assertThat(door.state().labels()).as("nothing to remember").isEmpty();
  }

  @Test
  void whatGoesOnWhenTheStreamEndsIsToldToo() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f).min(5_000));
    door.hear(0.6).end(EndedBy.TIMEOUT);
    assertThat(door.rejected()).containsExactly("0.0-0.96 too_short");
    TrackedStream gate = TrackedStream.of(rule("dog", 0.5f));
    gate.hear(0.6).end(EndedBy.TIMEOUT);
    assertThat(gate.closed()).containsExactly("0.0-0.96 timeout");
  }

  @Test
  void anEventSaysWhatEndedIt() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f).merge(2_000));
    door.hear(0.6).lose(1).hear(0.6).passOver(5).hear(0.6).session("t", 500).hear(0.6, 0);
    door.end(EndedBy.END);
    assertThat(door.closed())
        .extracting(line -> line.split(" ")[1])
        .containsExactly("gap", "gap", "session", "offset");
  }
}
