package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.app.EventDiff.Change;
import io.earshot.detector.app.EventDiff.Difference;
import io.earshot.detector.event.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventDiffTest {
  @Test
  void whatOnlyOneHasIsGainedOrLost() {
    Event before = DiffEvents.event("a", "yard", "dog", 0, 2);
    Event after = DiffEvents.event("b", "yard", "cat", 0, 2);
    assertThat(EventDiff.of(List.of(before), List.of(after)))
        .containsExactly(
            new Difference(Change.GAINED, null, after), new Difference(Change.LOST, before, null));
  }

  @Test
  void theSameIdIsTheSameEventWhereverItIs() {
    Event before = DiffEvents.event("a", "yard", "dog", 0, 2);
    Event after = DiffEvents.event("a", "yard", "dog", 5, 9);
    assertThat(EventDiff.of(List.of(before), List.of(after)))
        .containsExactly(new Difference(Change.CHANGED, before, after));
  }

  @Test
  void anEqualEventOfAnotherModelIsTheSame() {
    Event before = DiffEvents.event("a", "yard", "dog", 0, 2);
    Event after = DiffEvents.event("b", "yard", "dog", 0, 2);
    assertThat(EventDiff.of(List.of(before), List.of(after)))
        .containsExactly(new Difference(Change.SAME, before, after));
  }

  @Test
  void otherStreamsAndLabelsAndEventsThatOnlyTouchAreNoPairs() {
    Event before = DiffEvents.event("a", "yard", "dog", 0, 2);
    List<Event> after =
        List.of(
            DiffEvents.event("b", "street", "dog", 0, 2),
            DiffEvents.event("c", "yard", "cat", 0, 2),
            DiffEvents.event("d", "yard", "dog", 2, 4));
    assertThat(EventDiff.of(List.of(before), after))
        .extracting(Difference::change)
        .containsExactlyInAnyOrder(Change.LOST, Change.GAINED, Change.GAINED, Change.GAINED);
  }

  @Test
  void ofAnEventThatHasFallenApartTheLongestPartIsTheChange() {
    Event before = DiffEvents.event("a", "yard", "dog", 0, 10);
    Event shorter = DiffEvents.event("b", "yard", "dog", 0, 2);
    Event longest = DiffEvents.event("c", "yard", "dog", 3, 8);
    assertThat(EventDiff.of(List.of(before), List.of(shorter, longest)))
        .containsExactly(
            new Difference(Change.GAINED, null, shorter),
            new Difference(Change.CHANGED, before, longest));
  }

  @Test
  void anEventThatGoesOnWhereTheScoresEndHasNotChanged() {
    Event before = DiffEvents.event("a", "yard", "dog", 0, 10);
    Event after = DiffEvents.open("a", "yard", "dog", 0, 4);
    assertThat(EventDiff.of(List.of(before), List.of(after)))
        .containsExactly(new Difference(Change.SAME, before, after));
  }

  /** An event that goes on has told of its first segment alone, however long ago that was. */
  @Test
  void anEventThatGoesOnOverlapsWhatBeginsLater() {
    Event before = DiffEvents.open("a", "yard", "dog", 0, 0.96);
    Event after = DiffEvents.event("b", "yard", "dog", 600, 610);
    assertThat(EventDiff.of(List.of(before), List.of(after)))
        .containsExactly(new Difference(Change.CHANGED, before, after));
  }

  @Test
  void aDifferenceIsOfTheRangeInWhichEitherBegins() {
    Event before = DiffEvents.event("a", "yard", "dog", 9.6, 12);
    Event after = DiffEvents.event("b", "yard", "dog", 10.2, 12);
    Difference changed = EventDiff.of(List.of(before), List.of(after)).get(0);
    assertThat(changed.isIn(DiffEvents.range(10, 20))).isTrue();
    assertThat(changed.isIn(DiffEvents.range(0, 10))).isTrue();
    assertThat(changed.isIn(DiffEvents.range(11, 20))).isFalse();
    assertThat(new Difference(Change.LOST, before, null).isIn(DiffEvents.range(10, 20))).isFalse();
  }

  @Test
  void manyEventsArePairedEachWithItsOwn() {
    List<Event> before = new ArrayList<>();
    List<Event> after = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      before.add(DiffEvents.event("a" + i, "yard", "dog", 2 * i, 2 * i + 1));
      after.add(DiffEvents.event("b" + i, "yard", "dog", 2 * i + 0.5, 2 * i + 1.5));
    }
    assertThat(EventDiff.of(before, after))
        .hasSize(50_000)
        .allMatch(
            it ->
                it.change() == Change.CHANGED
                    && it.before().id().substring(1).equals(it.after().id().substring(1)));
  }

  @Test
  void linesTellWhatHasMovedAndWhyAnEventIsLost() {
    Event before = DiffEvents.event("a", "yard", "dog", 2, 4);
    Event after = DiffEvents.event("a", "yard", "dog", 1, 4.5);
    Misses misses = new Misses();
    misses.add(DiffEvents.candidate("yard", "dog", 4, 5));
    misses.add(DiffEvents.candidate("yard", "dog", 1, 3));
    misses.add(DiffEvents.candidate("street", "dog", 2, 4));
    DiffText text = new DiffText(misses);
    assertThat(text.text(new Difference(Change.CHANGED, before, after)))
        .isEqualTo(
            "~ 2026-11-27T10:00:01.000Z  yard  3.50 s  0.80  dog: onset 1.00 s earlier, offset 0.50 s later");
    assertThat(text.text(new Difference(Change.LOST, before, null)))
        .isEqualTo("- 2026-11-27T10:00:02.000Z  yard  2.00 s  0.80  dog: below_n_of_m");
    assertThat(new DiffText(new Misses()).text(new Difference(Change.LOST, before, null)))
        .isEqualTo("- 2026-11-27T10:00:02.000Z  yard  2.00 s  0.80  dog");
    assertThat(
            text.text(new Difference(Change.GAINED, null, DiffEvents.open("a", "y", "dog", 0, 4))))
        .isEqualTo("+ 2026-11-27T10:00:00.000Z  y  goes on  0.80  dog");
  }
}
