package io.earshot.detector.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Searches a topic for a page, backwards in stretches of time that grow, until the page is full,
 * nothing earlier is there, or too much time has passed. One thread.
 *
 * <p>An event's last state is looked for up to a day after its onset. Where streams share a
 * partition, one may be days ahead of the others: a partition is read on beyond its first record of
 * a later time, until so many of such times have come in a row.
 */
final class TopicSearch {
  private static final Duration POLL = Duration.ofMillis(200);

  /** No further stretch is begun after it. */
  private static final Duration ENOUGH = Duration.ofSeconds(3);

  /** A stretch is not read for longer. */
  private static final Duration MOST = Duration.ofSeconds(20);

  private static final long FIRST_STEP_MILLIS = Duration.ofHours(1).toMillis();
  private static final int GROWTH = 4;
  private static final long LAST_STATE_MILLIS = Duration.ofDays(1).toMillis();

  /** Fewer than a replay reads on for: somebody waits for the page. */
  private static final int STRANGERS = 2_000;

  /** Of one stretch, held in memory. */
  private static final int MOST_FINDINGS = 20_000;

  private final Consumer<byte[], byte[]> consumer;
  private final Finding.Reader reader;
  private final Search search;
  private final long begin = System.nanoTime();
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> first;
  private final Map<TopicPartition, Long> ends;
  private final Map<TopicPartition, Integer> strangers = new HashMap<>();

  TopicSearch(
      Consumer<byte[], byte[]> consumer, String topic, Finding.Reader reader, Search search) {
    this.consumer = consumer;
    this.reader = reader;
    this.search = search;
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new KafkaException(topic + " is not known yet");
    }
    consumer.assign(partitions);
    first = consumer.beginningOffsets(partitions);
    ends = consumer.endOffsets(partitions);
  }

  Page run() throws SearchException {
    List<Finding> found = new ArrayList<>();
    long step = FIRST_STEP_MILLIS;
    Place to = search.upper();
    while (true) {
      Place from = Place.at(Math.max(near(to) - step, search.lower().onsetMillis()));
      Map<TopicPartition, Long> starts = offsets(from.onsetMillis() - Finding.BEFORE_ONSET_MILLIS);
      if (starts.equals(first) || from.onsetMillis() <= 0) {
        // All is read, also of clocks that are behind.
        from = search.lower();
      }
      Book stretch = read(starts, from, to);
      from = from.compareTo(stretch.whole()) < 0 ? stretch.whole() : from;
      require(from.compareTo(to) < 0 || from.equals(search.lower()));
      found.addAll(stretch.find(search.between(from, to)));
      if (found.size() > search.limit()) {
        return Page.of(found, search.limit(), null);
      }
      if (from.compareTo(search.lower()) <= 0) {
        return new Page(found, null);
      }
      if (passed().compareTo(ENOUGH) > 0) {
        return new Page(found, from);
      }
      to = from;
      step *= GROWTH;
    }
  }

  /** What is ahead of the clock is rare: years of it are one stretch. */
  private static long near(Place to) {
    return Math.min(to.onsetMillis(), System.currentTimeMillis());
  }

  /** Those with a place from the one to the other; of too many the latest. */
  private Book read(Map<TopicPartition, Long> starts, Place from, Place to) throws SearchException {
    long stop = to.onsetMillis() + LAST_STATE_MILLIS;
    Map<TopicPartition, Long> stops = offsets(stop);
    Book book = new Book(MOST_FINDINGS);
    strangers.clear();
    starts.forEach(consumer::seek);
    consumer.resume(partitions);
    while (!pauseThoseAtTheirEnd(stops)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Finding finding = isStranger(record, stop) ? null : reader.read(record.value());
        if (finding != null && search.mayHold(finding) && isIn(finding.place(), from, to)) {
          book.put(finding);
        }
      }
      require(passed().compareTo(MOST) <= 0);
    }
    return book;
  }

  private boolean isStranger(ConsumerRecord<?, ?> record, long stop) {
    boolean late = record.timestamp() >= stop;
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    strangers.merge(partition, 1, (count, one) -> late ? count + one : 0);
    return late;
  }

  private static boolean isIn(Place place, Place from, Place to) {
    return place.compareTo(from) >= 0 && place.compareTo(to) < 0;
  }

  /** Whether that is all. */
  private boolean pauseThoseAtTheirEnd(Map<TopicPartition, Long> stops) {
    List<TopicPartition> over =
        partitions.stream().filter(one -> isOver(one, stops.get(one))).toList();
    consumer.pause(over);
    return over.size() == partitions.size();
  }

  private boolean isOver(TopicPartition partition, long stop) {
    long position = consumer.position(partition);
    return position >= ends.get(partition)
        || (position >= stop && strangers.getOrDefault(partition, 0) >= STRANGERS);
  }

  private static void require(boolean little) throws SearchException {
    if (!little) {
      throw new SearchException(
          "there is more of that time than can be read; ask for a shorter one with from and to, or for one label or stream",
          null);
    }
  }

  private Duration passed() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Where each partition's first record of that time or later is. */
  private Map<TopicPartition, Long> offsets(long millis) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, Math.max(0, millis)));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    Map<TopicPartition, Long> offsets = new HashMap<>(ends);
    offsets.replaceAll(
        (partition, end) ->
            found.get(partition) == null ? end : Math.min(end, found.get(partition).offset()));
    return offsets;
  }
}
