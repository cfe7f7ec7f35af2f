package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.event.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownEventsTest {
  private static final String AT_0 = "2026-01-01T00:00:00.000Z";
  private static final String AT_1 = "2026-01-01T00:00:00.960Z";
  private static final String AT_4 = "2026-01-01T00:00:03.840Z";
  private static final String AT_3 = "2026-01-01T00:00:02.880Z";

  private final KnownEvents known =
      new KnownEvents(List.of(new KnownSound.Known("yard", AT_0, AT_3)));

  @Test
  void whatIsThereOnceIsExact() {
    assertThat(known.tally(List.of(open("a"), closed("a", AT_0, AT_3, 1))).isExact()).isTrue();
  }

  @Test
  void nothingIsMissingOnlyIfItIsThere() {
    KnownEvents.Tally tally = known.tally(List.of());
    assertThat(tally.isExact()).isFalse();
    assertThat(tally.missing()).hasSize(1);
  }

  @Test
  void anIdThatOpensOrClosesAgainIsThereTwice() {
    Event closed = closed("a", AT_0, AT_3, 1);
    assertThat(known.tally(List.of(open("a"), closed, closed)).twice()).containsExactly("a");
    assertThat(known.tally(List.of(open("a"), open("a"), closed)).isExact()).isFalse();
  }

  @Test
  void anIdThatNeverClosesIsLoose() {
    KnownEvents.Tally tally =
        known.tally(List.of(open("a"), closed("a", AT_0, AT_3, 1), open("b")));
    assertThat(tally.loose()).containsExactly("b");
    assertThat(tally.isExact()).isFalse();
  }

  @Test
  void aPartOfAnEventIsNoStrayAndWhatLiesBesideItIs() {
    KnownEvents.Tally tally =
        known.tally(
            List.of(open("a"), closed("a", AT_1, AT_3, 1), open("b"), closed("b", AT_3, AT_4, 1)));
    assertThat(tally.missing()).hasSize(1);
    assertThat(tally.others()).extracting(Event::id).containsExactly("a", "b");
    assertThat(tally.strays()).extracting(Event::id).containsExactly("b");
  }

  @Test
  void anEventWithAHoleInItIsNotWhole() {
    KnownEvents.Tally tally = known.tally(List.of(open("a"), closed("a", AT_0, AT_3, 0.9)));
    assertThat(tally.missing()).hasSize(1);
  }

  private static Event open(String id) {
    return event(id, Event.State.OPEN, AT_0, null, 1);
  }

  private static Event closed(String id, String onset, String offset, double coverage) {
    return event(id, Event.State.CLOSED, onset, offset, coverage);
  }

  private static Event event(
      String id, Event.State state, String onset, String offset, double coverage) {
    Event.Model model = new Event.Model("dogs", "1");
    return new Event(
        id, state, "yard", "Dog", onset, offset, 40, null, 0, null, null, 0.9, 0.9, coverage, -10,
        model, 0.6, List.of(), null);
  }
}
