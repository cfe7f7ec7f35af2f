package io.earshot.detector.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** N of M against its definition: all windows that there are, looked through one by one. */
class StartsTest {
  @Property(tries = 1000)
  void anEventBeginsWithTheFirstHitOfTheFirstWindowThatHasEnough(
      @ForAll @IntRange(min = 1, max = 12) int one,
      @ForAll @IntRange(min = 1, max = 12) int other,
      @ForAll @Size(min = 1, max = 60) List<Boolean> heard) {
    int n = Math.min(one, other);
    int m = Math.max(one, other);
    TrackedStream door = TrackedStream.of(RuleBuilder.rule("dog", 0.5f).hits(n, m));
    for (int i = 0; i < heard.size(); i++) {
      door.hear(heard.get(i) ? 0.6 : 0);
      int begin = begin(heard.subList(0, i + 1), n, m);
      if (begin >= 0) {
        assertThat(door.events).hasSize(1);
        Event opened = door.events.get(0);
        assertThat(Instant.parse(opened.onset()))
            .isEqualTo(TrackedStream.T.plusMillis(begin * 960L));
        assertThat(opened.durationMs()).isEqualTo((i + 1 - begin) * 960L);
        assertThat(opened.why().scores().get(0).segment()).isEqualTo(begin);
        return;
      }
      assertThat(door.events).isEmpty();
      int starts = door.state().labels().stream().mapToInt(l -> l.starts().all().size()).sum();
      assertThat(starts).isLessThanOrEqualTo(Math.min(n - 1, m - n + 1));
    }
  }

  /** A candidate is over when M segments have passed since the last hit. */
  @Property(tries = 300)
  void whatHasTooFewIsWatchedUntilItsLastHitIsTooOld(
      @ForAll @IntRange(min = 1, max = 5) int hits, @ForAll @IntRange(min = 0, max = 5) int more) {
    int m = hits + 1 + more;
    TrackedStream door = TrackedStream.of(RuleBuilder.rule("dog", 0.5f).hits(hits + 1, m));
    List<Double> scores = new ArrayList<>();
    for (int i = 0; i < hits + m; i++) {
      scores.add(i < hits ? 0.6 : 0);
    }
    scores.forEach(door::hear);
    // The segment that tells it is not of it.
    double end = Math.round((hits + m - 1) * 96.0) / 100.0;
    assertThat(door.rejected()).containsExactly("0.0-" + end + " below_n_of_m");
  }

  /** The oldest hit among the last M, if N of them are; else -1. */
  private static int begin(List<Boolean> heard, int n, int m) {
    int first = -1;
    int count = 0;
    for (int i = Math.max(0, heard.size() - m); i < heard.size(); i++) {
      if (heard.get(i)) {
        first = first < 0 ? i : first;
        count++;
      }
    }
    return count >= n ? first : -1;
  }
}
