package io.earshot.detector.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
 * <p>An event's last state is looked for up to a day after its onset.
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

  /** Of one stretch, held in memory. */
  private static final int MOST_FINDINGS = 20_000;

  private final Consumer<byte[], byte[]> consumer;
  private final Finding.Reader reader;
  private final Search search;
  private final long begin = System.nanoTime();
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> first;
  private final Map<TopicPartition, Long> ends;

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
      Place from = Place.at(Math.max(to.onsetMillis() - step, search.lower().onsetMillis()));
      Map<TopicPartition, Long> starts = offsets(from.onsetMillis());
      found.addAll(stretch(starts, from, to));
      if (found.size() > search.limit()) {
        return Page.of(found, search.limit(), null);
      }
      boolean begun = starts.equals(first) || from.onsetMillis() <= 0;
      if (begun || from.compareTo(search.lower()) <= 0) {
        return new Page(found, null);
      }
      if (passed().compareTo(ENOUGH) > 0) {
        return new Page(found, from);
      }
      to = from;
      step *= GROWTH;
    }
  }

  /** Those with a place from the one to the other, the latest first. */
  private List<Finding> stretch(Map<TopicPartition, Long> starts, Place from, Place to)
      throws SearchException {
    Map<TopicPartition, Long> stops = offsets(to.onsetMillis() + LAST_STATE_MILLIS);
    Map<String, Finding> last = new LinkedHashMap<>();
    starts.forEach(consumer::seek);
    consumer.resume(partitions);
    while (!pauseThoseAtTheirEnd(stops)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Finding finding = reader.read(record.value());
        if (finding != null && search.mayHold(finding) && isIn(finding.place(), from, to)) {
          last.put(finding.place().id(), finding);
        }
      }
      check(last.size());
    }
    return last.values().stream()
        .filter(search::holds)
        .sorted(Comparator.comparing(Finding::place).reversed())
        .toList();
  }

  private static boolean isIn(Place place, Place from, Place to) {
    return place.compareTo(from) >= 0 && place.compareTo(to) < 0;
  }

  /** Whether that is all. */
  private boolean pauseThoseAtTheirEnd(Map<TopicPartition, Long> stops) {
    List<TopicPartition> over =
        partitions.stream().filter(one -> consumer.position(one) >= stops.get(one)).toList();
    consumer.pause(over);
    return over.size() == partitions.size();
  }

  private void check(int findings) throws SearchException {
    if (findings > MOST_FINDINGS || passed().compareTo(MOST) > 0) {
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
