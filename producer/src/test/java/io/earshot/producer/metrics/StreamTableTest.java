package io.earshot.producer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamTableTest {
  private static final long MINUTE = 60_000;

  private final List<String> closed = new ArrayList<>();
  private final StreamTable<String> table =
      new StreamTable<>(2, Duration.ofMinutes(5), name -> "series of " + name, closed::add);

  @Test
  void streamsBeyondTheBoundShareOneSeries() {
    assertThat(table.get("a", 0)).isEqualTo("series of a");
    assertThat(table.get("b", 0)).isEqualTo("series of b");
    assertThat(table.get("c", 1)).isEqualTo("series of other");
    assertThat(table.get("a", 1)).isEqualTo("series of a");
    assertThat(closed).isEmpty();
  }

  @Test
  void aStreamThatIsCalledOtherHasNoSeriesOfItsOwn() {
    assertThat(table.get("other", 0)).isEqualTo("series of other");
    assertThat(own()).isEmpty();
  }

  @Test
  void whatWasNotHeardForLongLeaves() {
    table.get("a", 0);
    table.get("b", MINUTE);
    table.sweep(5 * MINUTE);
    assertThat(closed).containsExactly("series of a");
    assertThat(own()).containsExactly("series of b");
  }

  @Test
  void aStreamThatIsOverKeepsItsSeriesUntilAnotherNeedsThePlace() {
    table.get("a", 0);
    table.get("b", 1);
    table.end("b");
    table.end("a");
    assertThat(closed).isEmpty();
    assertThat(table.get("c", 2)).isEqualTo("series of c");
    assertThat(closed).containsExactly("series of a");
    assertThat(table.get("d", 3)).isEqualTo("series of d");
    assertThat(table.get("e", 4)).isEqualTo("series of other");
    assertThat(own()).containsExactlyInAnyOrder("series of c", "series of d");
  }

  @Test
  void aStreamThatCameBackMakesNoRoom() {
    table.get("a", 0);
    table.get("b", 1);
    table.end("a");
    assertThat(table.get("a", 2)).isEqualTo("series of a");
    table.resume("a", 3);
    assertThat(table.get("c", 4)).isEqualTo("series of other");
    table.end("a");
    table.get("a", 5);
    assertThat(table.get("c", 6)).as("what is reported late is no return").isEqualTo("series of c");
    assertThat(closed).containsExactly("series of a");
  }

  @Test
  void whoIsFoundIsNotHeard() {
    table.get("a", 0);
    assertThat(table.find("a")).contains("series of a");
    assertThat(table.find("b")).isEmpty();
    table.sweep(5 * MINUTE);
    assertThat(own()).isEmpty();
  }

  @Test
  void aFullTableMakesRoomOfWhatHasFallenSilent() {
    table.get("a", 0);
    table.get("b", 0);
    table.get("a", 6 * MINUTE);
    assertThat(table.get("c", 6 * MINUTE)).isEqualTo("series of c");
    assertThat(closed).containsExactly("series of b");
  }

  @Test
  void tenThousandStreamsTakeTheRoomOfTwo() {
    for (int i = 0; i < 10_000; i++) {
      table.get("stream-" + i, i);
      table.end("stream-" + i);
    }
    assertThat(own()).hasSize(2);
    assertThat(closed).hasSize(9_998);
  }

  private List<String> own() {
    List<String> own = new ArrayList<>();
    table.forEach(own::add);
    return own;
  }
}
