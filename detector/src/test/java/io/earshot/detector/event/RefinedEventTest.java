package io.earshot.detector.event;

import static io.earshot.detector.event.Event.State.CLOSED;
import static io.earshot.detector.event.Event.State.OPEN;
import static io.earshot.detector.event.RuleBuilder.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.event.Event.EndedBy;
import io.earshot.models.feature.Envelope;
import org.junit.jupiter.api.Test;

/** Onsets and offsets between the segments: 24 levels of 40 ms each. */
class RefinedEventTest {
  private static final Envelope LOUD = Envelopes.of(-20, 24);
  private static final Envelope QUIET = Envelopes.of(-60, 24);

  /** 120 ms before its first segment, 160 ms after its last: 0.84 s and 2.08 s. */
  @Test
  void anEventBeginsAndEndsWhereItsSoundDoes() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f));
    door.hear(Envelopes.of(-60, 21, -20, 3), 0.1f).hear(LOUD, 0.9f);
    Event open = door.events.get(0);
    assertThat(open.onset()).isEqualTo("2026-01-02T03:04:00.840Z");
    assertThat(open.onsetUncertaintyMs()).isEqualTo(40);
    assertThat(open.offsetUncertaintyMs()).isNull();
    assertThat(open.durationMs()).isEqualTo(1_080);
    door.hear(Envelopes.of(-20, 4, -60, 20), 0.1f);
    Event closed = door.events.get(1);
    assertThat(closed.state()).isEqualTo(CLOSED);
    assertThat(closed.onset()).as("it never changes").isEqualTo(open.onset());
    assertThat(closed.offset()).isEqualTo("2026-01-02T03:04:02.080Z");
    assertThat(closed.offsetUncertaintyMs()).isEqualTo(40);
    assertThat(closed.durationMs()).isEqualTo(1_240);
  }

  @Test
  void withoutLevelsTheyAreWhereItsSegmentsAre() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f));
    door.hear(0.1, 0.9, 0.1);
    Event closed = door.events.get(1);
    assertThat(closed.onset()).isEqualTo("2026-01-02T03:04:00.960Z");
    assertThat(closed.onsetUncertaintyMs()).isEqualTo(960);
    assertThat(closed.offset()).isEqualTo("2026-01-02T03:04:01.920Z");
    assertThat(closed.offsetUncertaintyMs()).isEqualTo(960);
  }

  /** The first falls in the segment after its own, in which the second rises. */
  @Test
  void theNextEventBeginsBehindTheLast() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f));
    door.hear(LOUD, 0.9f).hear(Envelopes.of(-20, 12, -60, 9, -20, 3), 0.1f).hear(LOUD, 0.9f);
    assertThat(door.states()).containsExactly(OPEN, CLOSED, OPEN);
    assertThat(door.events.get(1).offset()).isEqualTo("2026-01-02T03:04:01.440Z");
    assertThat(door.events.get(2).onset()).isEqualTo("2026-01-02T03:04:01.800Z");
  }

  /**
   * The fall is in the segment that begins the pause, which is long over when the gap has passed.
   */
  @Test
  void anOffsetIsLookedForWhereAPauseBegins() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f).merge(2_000));
    door.hear(LOUD, 0.9f).hear(Envelopes.of(-20, 5, -60, 19), 0.1f);
    door.hear(QUIET, 0.1f).hear(QUIET, 0.1f);
    assertThat(door.closed()).containsExactly("0.0-1.16 offset");
    assertThat(door.events.get(1).offsetUncertaintyMs()).isEqualTo(40);
  }

  @Test
  void aSegmentWithoutScoresTellsWhereAnEventEndsToo() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f));
    door.hear(QUIET, 0.1f).hear(LOUD, 0.9f).passOver(1).hear(QUIET, 0.1f);
    assertThat(door.closed()).containsExactly("0.96-1.92 offset");
  }

  /** Its last 400 ms. */
  @Test
  void theLastEventOfAStreamEndsWithItsSound() {
    TrackedStream door = TrackedStream.of(rule("dog", 0.5f));
    door.hear(LOUD, 0.9f).hear(Envelopes.of(-20, 10, -127, 14), 0.9f).end(EndedBy.END);
    assertThat(door.events.get(door.events.size() - 1).offset())
        .isEqualTo("2026-01-02T03:04:01.360Z");
  }
}
