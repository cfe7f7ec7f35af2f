package io.earshot.detector.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacklogTest {
  private final Backlog<String> backlog = new Backlog<>(4, patch -> "-" + patch);

  @Test
  void whatFitsComesOutAsItWentIn() {
    add("a1", "b1", "a2");
    backlog.addUnsheddable("a.end");
    assertThat(backlog.patches()).isEqualTo(3);
    assertThat(backlog.size()).isEqualTo(4);
    assertThat(drain()).containsExactly("a1", "b1", "a2", "a.end");
    assertThat(backlog.poll()).isNull();
    assertThat(backlog.patches()).isZero();
  }

  @Test
  void theOldestOfTheStreamWithTheMostIsShedAndMarkedInItsPlace() {
    add("b1", "a1", "a2", "a3", "b2");
    assertThat(backlog.patches()).isEqualTo(4);
    assertThat(drain()).containsExactly("b1", "-a1", "a2", "a3", "b2");
  }

  @Test
  void ofStreamsWithEquallyManyTheOldestPatchGoes() {
    add("b1", "a1", "a2", "b2", "c1");
    assertThat(drain()).containsExactly("-b1", "a1", "a2", "b2", "c1");
  }

  @Test
  void anEndIsNeverShed() {
    backlog.addUnsheddable("a.end");
    add("a1", "a2", "a3", "a4", "a5", "a6");
    assertThat(drain()).containsExactly("a.end", "-a1", "-a2", "a3", "a4", "a5", "a6");
  }

  @Test
  void whatIsTakenCountsNoMore() {
    add("a1", "a2", "b1", "b2");
    assertThat(backlog.poll()).isEqualTo("a1");
    add("b3", "b4");
    assertThat(drain()).containsExactly("a2", "-b1", "b2", "b3", "b4");
  }

  @Test
  void whatIsRemovedLeavesNoTrace() {
    add("a1", "b1", "a2", "b2", "a3");
    backlog.addUnsheddable("a.end");
    backlog.removeIf(item -> item.contains("a"));
    assertThat(backlog.patches()).isEqualTo(2);
    add("b3", "b4", "b5");
    assertThat(drain()).containsExactly("-b1", "b2", "b3", "b4", "b5");
  }

  /** Bursts of one stream among several that send little. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aStreamBelowItsShareLosesNothingWhateverOthersDo(long seed) {
    int streams = 5;
    int most = 20;
    Backlog<String> bounded = new Backlog<>(most, patch -> "-" + patch);
    Random random = new Random(seed);
    Map<String, Integer> waiting = new HashMap<>();
    Map<String, Integer> shed = new HashMap<>();
    List<String> in = new ArrayList<>();
    List<String> out = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      // Stream a sends as much as all others together, which never have more than 3 waiting.
      String stream = random.nextBoolean() ? "a" : "bcde".charAt(random.nextInt(4)) + "";
      if (stream.equals("a") || waiting.getOrDefault(stream, 0) < 3) {
        bounded.add(stream, stream + i);
        in.add(stream + i);
        waiting.merge(stream, 1, Integer::sum);
      }
      assertThat(bounded.patches()).isLessThanOrEqualTo(most);
      if (random.nextInt(3) == 0) {
        take(bounded, out, waiting, shed);
      }
    }
    while (bounded.size() > 0) {
      take(bounded, out, waiting, shed);
    }
    assertThat(out.stream().map(item -> item.replace("-", ""))).containsExactlyElementsOf(in);
    assertThat(shed).containsOnlyKeys("a");
    assertThat(shed.get("a")).isGreaterThan(100 * streams);
  }

  private static void take(
      Backlog<String> from,
      List<String> out,
      Map<String, Integer> waiting,
      Map<String, Integer> shed) {
    String item = from.poll();
    if (item != null) {
      out.add(item);
      String stream = item.replace("-", "").substring(0, 1);
      waiting.merge(stream, -1, Integer::sum);
      if (item.startsWith("-")) {
        shed.merge(stream, 1, Integer::sum);
      }
    }
  }

  private void add(String... patches) {
    for (String patch : patches) {
      backlog.add(patch.substring(0, 1), patch);
    }
  }

  private List<String> drain() {
    List<String> all = new ArrayList<>();
    while (backlog.size() > 0) {
      all.add(backlog.poll());
    }
    return all;
  }
}
