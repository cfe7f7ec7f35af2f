package io.earshot.detector.live;

import static io.earshot.detector.live.TestFindings.T;
import static io.earshot.detector.live.TestFindings.closed;
import static io.earshot.detector.live.TestFindings.id;
import static io.earshot.detector.live.TestFindings.open;
import static io.earshot.detector.live.TestFindings.search;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.broker.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a book has forgotten is read from its topic. */
@Timeout(60)
class FindingLogTest {
  private static final int HALF_HOUR = 1_800;
  private static final int EVENTS = 60;

  private final FakeTopics topics = new FakeTopics();
  private final Book book = new Book(7);
  private final FindingLog log = new FindingLog(topics);

  FindingLogTest() {
    for (int i = 0; i < EVENTS; i++) {
      add(open(i, i * HALF_HOUR), i * HALF_HOUR);
      add(closed(i, i * HALF_HOUR), i * HALF_HOUR + 1);
    }
  }

  private void add(byte[] json, int second) {
    topics.event(json, T.plusSeconds(second));
    book.put(Finding.event(json));
  }

  @Test
  void pagesGoOnFromTheBookIntoTheTopicWithoutASeam() throws Exception {
    for (int limit : new int[] {1, 7, 10, 100}) {
      List<String> read = new ArrayList<>();
      Place next = null;
      do {
        Page page = find(search(limit, next));
        assertThat(page.findings()).hasSizeLessThanOrEqualTo(limit).allMatch(Finding::isOver);
        page.findings().forEach(finding -> read.add(finding.place().id()));
        next = page.next();
      } while (next != null);
      assertThat(read)
          .as("%d at a time", limit)
          .isEqualTo(IntStream.range(0, EVENTS).mapToObj(i -> id(EVENTS - 1 - i)).toList());
    }
  }

  @Test
  void aStretchOfThePastIsFoundWhereverItIs() throws Exception {
    Page page = find(between(T.plusSeconds(3 * HALF_HOUR), T.plusSeconds(6 * HALF_HOUR)));
    assertThat(page.findings())
        .extracting(finding -> finding.place().id())
        .containsExactly(id(5), id(4), id(3));
    assertThat(page.next()).isNull();
    assertThat(find(between(T.minusSeconds(9_000), T)).findings()).isEmpty();
  }

  @Test
  void anEventThatLastedForHoursIsFoundInItsLastState() throws Exception {
    topics.event(open(900, 10), T.plusSeconds(20));
    topics.event(closed(900, 10), T.plusSeconds(5 * 3_600));
    assertThat(find(between(T.plusSeconds(9), T.plusSeconds(11))).findings())
        .singleElement()
        .matches(Finding::isOver);
  }

  private Page find(Search search) throws SearchException {
    return log.find(Topics.EVENTS, Finding::event, book, search);
  }

  private static Search between(Instant from, Instant to) {
    return new Search(Set.of(), Set.of("yard"), Set.of(), from, to, 0, null, 50);
  }
}
