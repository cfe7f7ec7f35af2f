package io.earshot.detector.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TopicTailTest {
  private static final TopicPartition PARTITION = new TopicPartition("topic", 0);

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final AtomicBoolean wanted = new AtomicBoolean(true);
  private final Semaphore made = new Semaphore(0);

  private final class Told implements TopicTail.Reader {
    @Override
    public boolean isWanted() {
      return wanted.get();
    }

    @Override
    public boolean begin(int partition, long offset, long first) {
      told.add("from " + offset + " of " + first);
      return false;
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record) {
      told.add("record " + record.offset());
    }

    @Override
    public void caughtUp() {
      told.add("caught up");
    }

    @Override
    public void rest() {
      told.add("rest");
    }
  }

  /** What comes then is a bug of ours or of a library. */
  @Test
  void itGoesOnAfterWhateverFailed() throws Exception {
    try (TopicTail tail =
        TopicTail.start(
            "topic",
            () -> {
              made.release();
              throw new IllegalStateException("a bug");
            },
            TopicTail.Start.END,
            new Told())) {
      tail.wake();
      assertThat(made.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void itBeginsWithTheNewestAndTellsWhenThatIsAll() throws Exception {
    MockConsumer<byte[], byte[]> consumer = consumer(100, 110, 105, 109);
    consumer.schedulePollTask(
        () -> consumer.addRecord(new ConsumerRecord<>("topic", 0, 110, null, null)));
    try (TopicTail tail =
        TopicTail.start("topic", () -> consumer, TopicTail.Start.newest(4), new Told())) {
      tail.wake();
      assertThat(next(8))
          .containsExactly(
              "from 105 of 100",
              "record 105",
              "record 106",
              "record 107",
              "record 108",
              "record 109",
              "caught up",
              "record 110");
      assertThat(tail.awaitCaughtUp(0)).isTrue();
    }
    assertThat(consumer.closed()).isTrue();
  }

  /** A consumer costs, even if it reads nothing. */
  @Test
  void whatNobodyWantsIsNotRead() throws Exception {
    wanted.set(false);
    try (TopicTail tail =
        TopicTail.start(
            "topic",
            () -> {
              made.release();
              return consumer(0, 0, 0, -1);
            },
            TopicTail.Start.END,
            new Told())) {
      tail.wake();
      assertThat(made.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();
      wanted.set(true);
      tail.wake();
      assertThat(next(2)).containsExactly("from 0 of 0", "caught up");
      wanted.set(false);
      assertThat(next(1)).containsExactly("rest");
      assertThat(tail.awaitCaughtUp(20)).isFalse();
      wanted.set(true);
      tail.wake();
      assertThat(next(2)).containsExactly("from 0 of 0", "caught up");
      assertThat(made.availablePermits()).isEqualTo(2);
    }
  }

  private List<String> next(int count) throws Exception {
    List<String> next = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      next.add(told.poll(20, TimeUnit.SECONDS));
    }
    return next;
  }

  /** One of a topic with so many records; of those from one to the other it has something. */
  private static MockConsumer<byte[], byte[]> consumer(long first, long end, long from, long to) {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    consumer.updatePartitions(
        "topic", List.of(new PartitionInfo("topic", 0, Node.noNode(), new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(PARTITION, first));
    consumer.updateEndOffsets(Map.of(PARTITION, end));
    consumer.schedulePollTask(
        () -> {
          for (long offset = from; offset <= to; offset++) {
            consumer.addRecord(new ConsumerRecord<>("topic", 0, offset, null, null));
          }
        });
    return consumer;
  }
}
