package io.earshot.detector.live;

import static io.earshot.detector.live.TestFindings.closed;
import static io.earshot.detector.live.TestFindings.id;
import static io.earshot.detector.live.TestFindings.open;
import static io.earshot.detector.live.TestFindings.search;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BookTest {
  private final Book book = new Book(100);

  @Test
  void ofManyTheLastBegunAreKnownAndFromWhereOnThatIsAll() {
    Book small = new Book(3);
    for (int i = 0; i < 5; i++) {
      small.put(Finding.event(closed(i, i)));
    }
    assertThat(small.get(id(1))).isNull();
    assertThat(ids(small.find(TestFindings.ALL))).containsExactly(id(4), id(3), id(2));
    long second = TestFindings.T.plusSeconds(1).toEpochMilli();
    assertThat(small.whole()).isEqualTo(Place.at(second + 1));
  }

  @Test
  void ofAnEventTheLastStateIsKnown() {
    book.put(Finding.event(open(1, 0)));
    assertThat(book.open()).isEqualTo(Map.of("yard", List.of("dog_bark")));
    book.put(Finding.event(closed(1, 0)));
    assertThat(book.open()).isEmpty();
    assertThat(book.find(TestFindings.ALL)).singleElement().matches(Finding::isOver);
  }

  /** Though new ones come while somebody reads on. */
  @Test
  void pagesHaveEachEventOnce() {
    for (int i = 0; i < 20; i++) {
      // Several of one onset.
      book.put(Finding.event(closed(i, i / 3)));
    }
    List<String> read = new ArrayList<>();
    Place next = null;
    do {
      Page page = Page.of(book.find(search(4, next)), 4, null);
      read.addAll(ids(page.findings()));
      next = page.next();
      book.put(Finding.event(closed(50 + read.size(), 90)));
    } while (next != null);
    assertThat(read).hasSize(20).doesNotHaveDuplicates();
    assertThat(read.get(0)).isEqualTo(id(19));
    assertThat(read.get(19)).isEqualTo(id(0));
  }

  @Test
  void eachFilterLeavesOthersOut() {
    book.put(Finding.event(closed(1, 0)));
    book.put(Finding.event(open(2, 10)));
    assertThat(find(Set.of("dog_bark"), Set.of(), Set.of(), 0)).containsExactly(id(2), id(1));
    assertThat(find(Set.of("siren"), Set.of(), Set.of(), 0)).isEmpty();
    assertThat(find(Set.of(), Set.of("street", "yard"), Set.of(), 0)).hasSize(2);
    assertThat(find(Set.of(), Set.of("street"), Set.of(), 0)).isEmpty();
    assertThat(find(Set.of(), Set.of(), Set.of("closed"), 0)).containsExactly(id(1));
    assertThat(find(Set.of(), Set.of(), Set.of(), 0.9)).hasSize(2);
    assertThat(find(Set.of(), Set.of(), Set.of(), 0.91)).isEmpty();
    Search from =
        new Search(
            Set.of(),
            Set.of(),
            Set.of(),
            TestFindings.T.plusSeconds(10),
            TestFindings.T.plusSeconds(11),
            0,
            null,
            50);
    assertThat(ids(book.find(from))).containsExactly(id(2));
    Search to =
        new Search(Set.of(), Set.of(), Set.of(), null, TestFindings.T.plusSeconds(10), 0, null, 50);
    assertThat(ids(book.find(to))).containsExactly(id(1));
  }

  @Test
  void whatIsNoEventIsNone() {
    assertThat(Finding.event(null)).isNull();
    assertThat(Finding.event("{\"id\":".getBytes(UTF_8))).isNull();
    assertThat(Finding.event(new String(closed(1, 0), UTF_8).replace(id(1), "x").getBytes(UTF_8)))
        .isNull();
    assertThat(Finding.event((new String(closed(1, 0), UTF_8) + "}").getBytes(UTF_8))).isNull();
    assertThat(
            Finding.event((new String(closed(1, 0), UTF_8) + " ".repeat(70_000)).getBytes(UTF_8)))
        .isNull();
    assertThat(Finding.candidate(closed(1, 0))).isNull();
  }

  /** Whoever is told it would stumble: not a number, not there, null, not a text. */
  @Test
  void whatLacksAFieldOrHasOneOfAnotherTypeIsPassedOver() {
    String event = new String(closed(1, 0), UTF_8);
    assertThat(Finding.event(event.getBytes(UTF_8))).isNotNull();
    for (String[] change :
        new String[][] {
          {"\"confidence\":0.9,", ""},
          {"\"confidence\":0.9", "\"confidence\":\"0.9\""},
          {"\"confidence\":0.9", "\"confidence\":\"NaN\""},
          {"\"confidence\":0.9", "\"confidence\":1e999"},
          {"\"duration_ms\":960", "\"duration_ms\":null"},
          {"\"state\":\"closed\"", "\"state\":2"},
          {"\"label\":\"dog_bark\",\"onset\"", "\"label\":5,\"onset\""},
          {"\"name\":\"base\",", ""},
          {"\"model\":{", "\"other\":{"},
          {"{\"label\":\"speech\",\"score\":0.2}", "null"},
          {"{\"label\":\"speech\",\"score\":0.2}", "{\"score\":0.2}"},
          {"\"offset\":\"" + TestFindings.T.plusMillis(960) + "\"", "\"offset\":null"},
          {"\"top\":", "\"bottom\":"}
        }) {
      assertThat(event).contains(change[0]);
      String other = event.replace(change[0], change[1]);
      assertThat(Finding.event(other.getBytes(UTF_8))).as(other).isNull();
    }
  }

  @Test
  void aCandidateThatLacksAFieldIsPassedOver() {
    String candidate =
        """
        {"id":"%s","reason":"too_short","stream":"yard","label":"dog_bark","onset":"%s",
        "offset":"%s","duration_ms":960,"confidence":0.5,"threshold":0.25,"scores":[],
        "model":{"name":"base","version":"1"}}
        """
            .formatted(id(1), TestFindings.T, TestFindings.T.plusMillis(960));
    assertThat(Finding.candidate(candidate.getBytes(UTF_8))).isNotNull();
    for (String field : List.of("offset", "confidence", "threshold", "scores", "model")) {
      String other = candidate.replace("\"" + field + "\"", "\"x\"");
      assertThat(Finding.candidate(other.getBytes(UTF_8))).as(other).isNull();
    }
    String late = candidate.replaceFirst("\"onset\":\"2026", "\"onset\":\"+20026");
    assertThat(Finding.candidate(late.getBytes(UTF_8))).isNull();
  }

  /** A newer Earshot's fields are left out, an older one's that it had not are there. */
  @Test
  void whatIsToldIsWhatTheContractHas() {
    String json = new String(closed(1, 0), UTF_8).replaceFirst("\\{", "{\"new\":1,");
    assertThat(new String(Finding.event(json.getBytes(UTF_8)).json(), UTF_8))
        .doesNotContain("\"new\"")
        .contains("\"onset_uncertainty_ms\":0", "\"why\":null");
  }

  @Test
  void anEventIsKeptOnOneLine() {
    String json = new String(Finding.event(closed(1, 0)).json(), UTF_8);
    assertThat(json).doesNotContain("\n").contains("\"confidence\":0.9").contains(id(1));
  }

  private List<String> find(
      Set<String> labels, Set<String> streams, Set<String> kinds, double confidence) {
    return ids(book.find(new Search(labels, streams, kinds, null, null, confidence, null, 50)));
  }

  private static List<String> ids(List<Finding> findings) {
    return findings.stream().map(finding -> finding.place().id()).toList();
  }
}
