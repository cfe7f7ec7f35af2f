package io.earshot.detector.app;

import io.earshot.detector.metrics.LagHistory;
import io.earshot.detector.metrics.LagMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds how far each stage's group is behind the end of its topic: of all
 * partitions, whoever has them, so that a stage that nobody runs falls behind, too.
 */
final class LagWatch implements AutoCloseable {
  /**
   * A consumer group and what it reads.
   *
   * @param stage as it is told; of several groups of one stage the one that is furthest behind is
   * @param fromBeginning whether a group that is new has all of the topic before it; else it begins
   *     with what comes
   * @param transactional whether each record may be followed by the end of its transaction, which
   *     has an offset and is no record
   */
  record Group(
      String stage, String name, String topic, boolean fromBeginning, boolean transactional) {}

  /** Where a partition begins and ends. */
  private record Extent(long begin, long end) {}

  /** How far a group is behind. */
  record Lag(long records, double seconds) {
    static final Lag NONE = new Lag(0, 0);

    private Lag plus(Lag partition) {
      return new Lag(records + partition.records, Math.max(seconds, partition.seconds));
    }

    private Lag max(Lag other) {
      return new Lag(Math.max(records, other.records), Math.max(seconds, other.seconds));
    }
  }

  private static final Logger log = LoggerFactory.getLogger(LagWatch.class);
  private static final long PAUSE_MILLIS = 5_000;
  private static final int TIMEOUT_MILLIS = 5_000;

  private final List<Group> groups;
  private final LagMetrics metrics;
  private final Admin admin;
  private final Map<TopicPartition, LagHistory> histories = new HashMap<>();
  private final Thread thread = new Thread(this::run, "earshot-lag-watch");

  private LagWatch(Map<String, Object> kafka, List<Group> groups, LagMetrics metrics) {
    this.groups = List.copyOf(groups);
    this.metrics = metrics;
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    admin = Admin.create(settings);
  }

  /** Watches until closed. */
  static LagWatch start(Map<String, Object> kafka, List<Group> groups, LagMetrics metrics) {
    LagWatch watch = new LagWatch(kafka, groups, metrics);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  @Override
  public void close() {
    thread.interrupt();
    admin.close(Duration.ZERO);
  }

  private void run() {
    try {
      while (true) {
        try {
          look();
        } catch (ExecutionException | TimeoutException e) {
          log.debug("lag is not known: {}", e.toString());
          metrics.unknown();
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void look() throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, Extent> extents = extents();
    long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    extents.forEach(
        (partition, extent) ->
            histories.computeIfAbsent(partition, it -> new LagHistory()).add(now, extent.end));
    Map<String, Lag> stages = new HashMap<>();
    for (Group group : groups) {
      stages.merge(group.stage(), lag(group, extents, now), Lag::max);
    }
    stages.forEach((stage, lag) -> metrics.lag(stage, lag.records(), lag.seconds()));
  }

  private Lag lag(Group group, Map<TopicPartition, Extent> extents, long nowMillis)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        get(admin.listConsumerGroupOffsets(group.name()).partitionsToOffsetAndMetadata());
    Lag lag = Lag.NONE;
    for (Map.Entry<TopicPartition, Extent> entry : extents.entrySet()) {
      TopicPartition partition = entry.getKey();
      if (partition.topic().equals(group.topic())) {
        long done = done(group, entry.getValue(), committed.get(partition));
        long records = entry.getValue().end - done - (group.transactional() ? 1 : 0);
        if (records > 0) {
          double seconds = histories.get(partition).seconds(nowMillis, done);
          lag = lag.plus(new Lag(records, seconds));
        }
      }
    }
    return lag;
  }

  private static long done(Group group, Extent extent, OffsetAndMetadata committed) {
    if (committed == null) {
      return group.fromBeginning() ? extent.begin : extent.end;
    }
    // What has expired cannot be done any more.
    return Math.max(extent.begin, committed.offset());
  }

  /** Of each partition, as readers of committed records see it. */
  private Map<TopicPartition, Extent> extents()
      throws ExecutionException, TimeoutException, InterruptedException {
    List<String> topics = groups.stream().map(Group::topic).distinct().toList();
    List<TopicPartition> partitions =
        get(admin.describeTopics(topics).allTopicNames()).values().stream()
            .flatMap(
                topic ->
                    topic.partitions().stream()
                        .map(it -> new TopicPartition(topic.name(), it.partition())))
            .toList();
    Map<TopicPartition, Long> begins = offsets(partitions, OffsetSpec.earliest());
    Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
    return partitions.stream()
        .collect(Collectors.toMap(it -> it, it -> new Extent(begins.get(it), ends.get(it))));
  }

  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which)
      throws ExecutionException, TimeoutException, InterruptedException {
    return get(
            admin
                .listOffsets(
                    partitions.stream().collect(Collectors.toMap(it -> it, it -> which)),
                    new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all())
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().offset()));
  }

  private static <T> T get(KafkaFuture<T> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    return future.get(2L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
  }
}
