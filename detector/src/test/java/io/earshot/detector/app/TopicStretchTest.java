package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Timestamps are minutes after ten o'clock. */
class TopicStretchTest {
  private static final TopicPartition PARTITION = new TopicPartition("t", 0);
  private static final Instant TEN = Instant.parse("2026-11-27T10:00:00Z");

  private final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();

  @Test
  void itHandsOutWhatIsInTheRange() {
    add(0, 9, 10, 11, 19, 20, 21);
    assertThat(read(10, 20)).containsExactly(10, 11, 19);
  }

  @Test
  void aStreamThatIsAheadHidesNobody() {
    // A file that was sent fast, two hours of it, between the sound of a live stream.
    add(0, 60, 5, 100, 10, 120, 15, 120, 19, 25);
    assertThat(read(10, 20)).containsExactly(10, 15, 19);
  }

  @Test
  void whatCameAfterTheRestIsFound() {
    // A producer that was cut off for fifty minutes.
    add(10, 20, 30, 40, 50, 60, 11, 12, 13, 61);
    assertThat(read(10, 14)).containsExactly(10, 11, 12, 13);
  }

  @Test
  void aTopicThatGoesOnForLongIsNotReadToItsEnd() {
    add(10, 11);
    for (int i = 0; i < 100_000; i++) {
      add(200);
    }
    add(12);
    assertThat(read(10, 14)).containsExactly(10, 11);
  }

  private void add(int... minutes) {
    for (int minute : minutes) {
      long millis = TEN.plusSeconds(60L * minute).toEpochMilli();
      log.add(
          new ConsumerRecord<>(
              "t",
              0,
              log.size(),
              millis,
              TimestampType.CREATE_TIME,
              0,
              0,
              null,
              new byte[0],
              new RecordHeaders(),
              Optional.empty()));
    }
  }

  private List<Integer> read(int from, int to) {
    List<Integer> minutes = new ArrayList<>();
    ReplayRange range = new ReplayRange(TEN.plusSeconds(60L * from), TEN.plusSeconds(60L * to));
    new TopicStretch(new LogConsumer(log), "t", range)
        .read(
            () -> false,
            record -> minutes.add((int) ((record.timestamp() - TEN.toEpochMilli()) / 60_000)));
    return minutes;
  }

  /** Kafka's own lacks times. */
  private static final class LogConsumer extends MockConsumer<byte[], byte[]> {
    private final List<ConsumerRecord<byte[], byte[]>> log;

    LogConsumer(List<ConsumerRecord<byte[], byte[]>> log) {
      super("earliest");
      this.log = log;
      updatePartitions("t", List.of(new PartitionInfo("t", 0, null, null, null)));
      updateBeginningOffsets(Map.of(PARTITION, 0L));
      updateEndOffsets(Map.of(PARTITION, (long) log.size()));
      setMaxPollRecords(500);
      schedulePollTask(() -> log.forEach(this::addRecord));
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> times) {
      Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
      times.forEach(
          (partition, time) ->
              found.put(
                  partition,
                  log.stream()
                      .filter(record -> record.timestamp() >= time)
                      .findFirst()
                      .map(record -> new OffsetAndTimestamp(record.offset(), record.timestamp()))
                      .orElse(null)));
      return found;
    }
  }
}
