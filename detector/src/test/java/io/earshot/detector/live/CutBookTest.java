package io.earshot.detector.live;

import static io.earshot.detector.live.TestFindings.ALL;
import static io.earshot.detector.live.TestFindings.T;
import static io.earshot.detector.live.TestFindings.closed;
import static io.earshot.detector.live.TestFindings.id;
import static io.earshot.detector.live.TestFindings.search;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.clip.TestEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** After a restart the book has the topic's end; what is before is found, whatever clocks say. */
@Timeout(60)
class CutBookTest {
  private static final int YEARS = 10 * 365 * 86_400;

  private final FakeTopics topics = new FakeTopics();

  /** A file that was sent fast, before the sound of a live stream. */
  @Test
  void whatWasPublishedBeforeAndBeganLaterIsFound() throws Exception {
    add(closed(1, 2_400), 2_400);
    add(closed(2, 0), 0);
    Book book = readFrom(1, 100);
    assertThat(book.get(id(1))).isNull();
    assertThat(ids(book, ALL)).containsExactly(id(1), id(2));
  }

  @Test
  void aClockThatIsYearsAheadHidesNobody() throws Exception {
    add(closed(1, 0), 0);
    add(closed(2, YEARS), YEARS);
    add(closed(3, 60), 60);
    add(closed(4, 120), 120);
    Book book = readFrom(3, 100);
    assertThat(ids(book, ALL)).containsExactly(id(2), id(4), id(3), id(1));
    assertThat(ids(book, search(1, null))).containsExactly(id(2), id(4), id(3), id(1));
  }

  /** What is searched ends after thousands of its events in a row; the book knows the rest. */
  @Test
  void noneInTheBookIsHiddenByAClockThatIsYearsAhead() throws Exception {
    add(closed(1, 0), 0);
    for (int i = 2; i < 3_000; i++) {
      add(closed(i, YEARS + i), YEARS + i);
    }
    add(closed(3_000, 60), 60);
    Book book = readFrom(2_999, 100);
    assertThat(ids(book, between(T, T.plusSeconds(100)))).containsExactly(id(3_000), id(1));
  }

  /** Years without a sound are not looked through hour by hour. */
  @Test
  void aClockThatIsYearsAheadCostsFewQuestions() throws Exception {
    add(closed(1, 0), 0);
    int ahead = (int) Duration.between(T, Instant.now()).toSeconds() + YEARS;
    // More than are read at the start.
    for (int i = 2; i < 1_100; i++) {
      add(closed(i, ahead), ahead);
    }
    add(closed(1_100, ahead - YEARS), ahead - YEARS);
    Book book = readFrom(1_099, 100);
    // Half the time that is possible, and half of that, down to a second.
    assertThat(topics.questions()).isLessThan(50);
    int before = topics.questions();
    assertThat(find(book, search(2, null)).findings()).hasSize(2);
    assertThat(topics.questions() - before).isEqualTo(2);
  }

  /** Else every list would be searched for in Kafka, until its event is forgotten in years. */
  @Test
  void aClockThatIsYearsAheadLeavesTheBookToTellWhatIsOfNow() throws Exception {
    add(closed(1, 0), 0);
    add(TestFindings.open(2, YEARS), YEARS);
    add(closed(3, 60), 60);
    add(closed(2, YEARS), YEARS + 1);
    for (int i = 4; i < 20; i++) {
      add(closed(i, 60 + i), 60 + i);
    }
    Book book = readFrom(4, 100);
    int before = topics.questions();
    Page page = find(book, search(10, null));
    assertThat(page.findings()).hasSize(10).first().matches(it -> isOf(it, 2) && it.isOver());
    assertThat(topics.questions()).as("nobody is asked").isEqualTo(before);
    assertThat(ids(book, ALL)).hasSize(19).endsWith(id(3), id(1));
  }

  /** It lies behind the start of its segment, which is the record's time. */
  @Test
  void anOnsetThatIsRefinedIsFoundOnBothSidesOfItsRecord() throws Exception {
    Instant onset = T.plusMillis(900);
    topics.event(TestEvents.json(id(1), "yard", onset, onset.plusMillis(100), 100), T);
    add(closed(2, -10), -10);
    Book book = readFrom(1, 100);
    assertThat(ids(book, ALL)).containsExactly(id(1), id(2));
    assertThat(ids(book, between(T.plusMillis(500), T.plusSeconds(2)))).containsExactly(id(1));
    assertThat(ids(book, between(T.minusSeconds(5), T.plusMillis(500)))).isEmpty();
  }

  /** What began long before is in the book if it went on; others that began since may not be. */
  @Test
  void anEventThatWentOnForLongHidesNoneThatBeganAfterIt() throws Exception {
    add(TestFindings.open(1, 0), 0);
    add(closed(2, 100), 100);
    add(closed(1, 0), 200);
    add(TestFindings.open(3, -50), 210);
    Book book = readFrom(2, 100);
    assertThat(ids(book, search(1, null))).containsExactly(id(2), id(1), id(3));
  }

  /** As many as are held while a stretch of time is read, and some more. */
  @Test
  void ofMoreThanFitIntoMemoryTheLatestAreFound() throws Exception {
    for (int i = 0; i < 20_100; i++) {
      topics.event(closed(i, i / 10), T.plusSeconds(i / 10));
    }
    Book book = readFrom(20_099, 100);
    Search early = between(T, T.plusSeconds(2_005));
    assertThat(find(book, early).findings()).hasSize(50).first().matches(it -> isOf(it, 20_049));
  }

  private static boolean isOf(Finding finding, int number) {
    return finding.place().id().equals(id(number));
  }

  @RepeatedTest(40)
  void nothingIsMissingWhateverClocksThereAre(RepetitionInfo repetition) throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    NavigableMap<Place, String> expected = new TreeMap<>();
    int count = 10 + random.nextInt(30);
    for (int i = 0; i < count; i++) {
      Instant start = T.plusSeconds(10L * i + skew(random));
      Instant onset = start.plusMillis(random.nextInt(960));
      String stream = "s" + random.nextInt(4);
      topics.event(TestEvents.json(id(i), stream, onset, null, 960), start);
      Instant end = start.plusMillis(960);
      topics.event(TestEvents.json(id(i), stream, onset, onset.plusMillis(960), 960), end);
      expected.put(Place.of(onset.toString(), id(i)), id(i));
    }
    Book book = readFrom(random.nextInt(2 * count), random.nextBoolean() ? 100 : 5);
    List<String> all = new ArrayList<>(expected.descendingMap().values());
    for (int limit : new int[] {1, 3, 50}) {
      assertThat(ids(book, search(limit, null))).as("%d at a time", limit).isEqualTo(all);
    }
  }

  /** Clocks differ by seconds, a file by hours, and one that is wrong by whatever it likes. */
  private static long skew(Random random) {
    long most = new long[] {2, 2, 3_600, 50_000, 500_000, YEARS}[random.nextInt(6)];
    return Math.round((2 * random.nextDouble() - 1) * most);
  }

  private void add(byte[] json, int second) {
    topics.event(json, T.plusSeconds(second));
  }

  /** As when the process has started. */
  private Book readFrom(long offset, int most) throws Exception {
    Book book = new Book(most);
    TopicTail.Start start =
        (consumer, partitions) -> Map.of(new TopicPartition(Topics.EVENTS, 0), offset);
    EventFeed feed = new EventFeed(new BookKeeper(book, Finding::event), 10);
    try (TopicTail tail = TopicTail.start(Topics.EVENTS, topics, start, feed)) {
      assertThat(tail.awaitCaughtUp(30_000)).isTrue();
    }
    return book;
  }

  /** Of all pages. */
  private List<String> ids(Book book, Search search) throws SearchException {
    List<String> ids = new ArrayList<>();
    Search more = search;
    while (more != null) {
      Page page = find(book, more);
      page.findings().forEach(finding -> ids.add(finding.place().id()));
      more = page.next() == null ? null : more.before(page.next());
    }
    return ids;
  }

  private Page find(Book book, Search search) throws SearchException {
    return new FindingLog(topics).find(Topics.EVENTS, Finding::event, book, search);
  }

  private static Search between(Instant from, Instant to) {
    return new Search(Set.of(), Set.of(), Set.of(), from, to, 0, null, 50);
  }
}
