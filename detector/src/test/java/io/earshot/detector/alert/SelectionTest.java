package io.earshot.detector.alert;

import static io.earshot.detector.alert.AlertEvents.alert;
import static io.earshot.detector.alert.AlertState.CLOSED;
import static io.earshot.detector.alert.AlertState.OPEN;
import static io.earshot.detector.alert.AlertState.UPDATE;
import static io.earshot.detector.alert.Selection.Verdict.PASS_OVER;
import static io.earshot.detector.alert.Selection.Verdict.SUPPRESS;
import static io.earshot.detector.alert.Selection.Verdict.TELL;
import static io.earshot.detector.alert.Selection.Verdict.TELL_AS_OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
  private static final RateLimit TWO_A_MINUTE =
      new RateLimit(2, Duration.ofMinutes(1), RateLimit.Per.ALL);

  @ParameterizedTest
  @CsvSource({
    "dog, yard, true",
    "Dog, yard, false",
    "dogs, yard, false",
    "Smoke alarm, cellar-2, true",
    "Smoke, yard, false",
    "dog, attic, false",
    "dog, cellar-1, true",
    "dog, cellar, false"
  })
  void labelsAndStreamsAreExactOrBeginnings(String label, String stream, boolean wanted) {
    AlertFilter filter =
        new AlertFilter(List.of("dog", "Smoke *"), List.of("yard", "cellar-*"), 0, Set.of(OPEN));
    assertThat(new Selection(filter, RateLimit.NONE).judge(alert("1", "open", stream, label, 1), 0))
        .isEqualTo(wanted ? TELL : PASS_OVER);
  }

  @Test
  void withoutLabelsAndStreamsAllIsWantedInTheStatesNamed() {
    Selection selection = new Selection(filter(0, OPEN, CLOSED), RateLimit.NONE);
    assertThat(judge(selection, "1", "open", 0.1, 0)).isEqualTo(TELL);
    assertThat(judge(selection, "1", "update", 0.2, 0)).isEqualTo(PASS_OVER);
    assertThat(judge(selection, "1", "closed", 0.2, 0)).isEqualTo(TELL);
  }

  @Test
  void anEventThatBecomesSureEnoughLaterIsToldThenAndOnce() {
    Selection selection = new Selection(filter(0.8, OPEN), RateLimit.NONE);
    assertThat(judge(selection, "1", "open", 0.7999, 0)).isEqualTo(PASS_OVER);
    assertThat(selection.judge(update("1", 1920, 0.8), 0)).isEqualTo(TELL_AS_OPEN);
    assertThat(selection.judge(update("1", 1920, 0.8), 0)).as("read again").isEqualTo(TELL_AS_OPEN);
    assertThat(selection.judge(update("1", 2880, 0.9), 0)).isEqualTo(PASS_OVER);
    assertThat(judge(selection, "1", "closed", 0.9, 0)).isEqualTo(PASS_OVER);
    assertThat(judge(selection, "2", "open", 0.8, 0)).isEqualTo(TELL);
    assertThat(selection.judge(update("2", 1920, 0.95), 0)).isEqualTo(PASS_OVER);
  }

  @Test
  void theLimitCountsEventsAndWhoHeardOneBeginHearsItEnd() {
    Selection selection = new Selection(filter(0, OPEN, CLOSED), TWO_A_MINUTE);
    assertThat(judge(selection, "1", "open", 1, 0)).isEqualTo(TELL);
    assertThat(judge(selection, "2", "open", 1, 1)).isEqualTo(TELL);
    assertThat(judge(selection, "3", "open", 1, 2)).isEqualTo(SUPPRESS);
    assertThat(judge(selection, "1", "closed", 1, 3)).isEqualTo(TELL);
    assertThat(judge(selection, "3", "closed", 1, 4)).isEqualTo(SUPPRESS);
    assertThat(judge(selection, "4", "open", 1, 60_001)).isEqualTo(TELL);
    assertThat(selection.takeSuppressed(AlertEvents.open("4"))).as("events").isEqualTo(1);
    assertThat(selection.takeSuppressed(AlertEvents.open("4"))).as("told once").isZero();
  }

  /** As after a restart: what began before it is not known, and a sensor waits to go off. */
  @Test
  void theEndOfAnEventThatIsNotKnownIsToldWhateverTheLimit() {
    Selection selection = new Selection(filter(0, OPEN, UPDATE, CLOSED), TWO_A_MINUTE);
    assertThat(judge(selection, "1", "open", 1, 0)).isEqualTo(TELL);
    assertThat(judge(selection, "2", "open", 1, 1)).isEqualTo(TELL);
    assertThat(judge(selection, "3", "open", 1, 2)).isEqualTo(SUPPRESS);
    assertThat(judge(selection, "old", "closed", 1, 3)).isEqualTo(TELL);
    assertThat(judge(selection, "older", "update", 1, 4)).isEqualTo(TELL);
    assertThat(judge(selection, "older", "closed", 1, 5)).isEqualTo(TELL);
    assertThat(judge(selection, "4", "open", 1, 60_001)).as("they do not count").isEqualTo(TELL);
  }

  @Test
  void theLimitHoldsWhereTheEndIsTheFirstThatIsTold() {
    Selection ends = new Selection(filter(0, CLOSED), TWO_A_MINUTE);
    Selection sure = new Selection(filter(0.5, OPEN, CLOSED), TWO_A_MINUTE);
    for (String id : List.of("1", "2", "3")) {
      Selection.Verdict verdict = id.equals("3") ? SUPPRESS : TELL;
      assertThat(judge(ends, id, "closed", 1, 0)).isEqualTo(verdict);
      assertThat(judge(sure, id, "open", 0.4, 0)).isEqualTo(PASS_OVER);
      assertThat(judge(sure, id, "closed", 0.6, 0)).isEqualTo(verdict);
    }
  }

  private static AlertFilter filter(double minConfidence, AlertState... states) {
    return new AlertFilter(List.of(), List.of(), minConfidence, Set.of(states));
  }

  private static Selection.Verdict judge(
      Selection selection, String id, String state, double score, long millis) {
    return selection.judge(alert(id, state, "yard", "dog", score), millis);
  }

  private static Alert update(String id, long durationMs, double score) {
    return Alert.of(
        AlertEvents.event(id, "update", "yard", "dog", score).put("duration_ms", durationMs));
  }
}
