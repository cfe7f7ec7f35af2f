package io.earshot.detector.inference;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker on a real broker, with patches that come faster than it scores them. */
@Timeout(120)
class OverloadIT {
  private static final int BACKLOG = 48;
  private static final Map<String, Integer> STREAMS =
      Map.of("burst", 300, "quiet-1", 6, "quiet-2", 6, "quiet-3", 6);

  @TempDir Path folder;
  private final AtomicInteger mostWaiting = new AtomicInteger();
  private final Map<String, Integer> shed = new ConcurrentHashMap<>();
  private final CountDownLatch gate = new CountDownLatch(1);

  /** All stands in the topic, and a poll takes 16: 300 patches are read long before. */
  private final CountDownLatch readAhead = new CountDownLatch(100);

  private final CountDownLatch blocked = new CountDownLatch(1);
  private EmbeddedBroker broker;
  private Map<String, Object> kafka;

  @BeforeEach
  void open() throws Exception {
    broker = EmbeddedBroker.start(folder, 0);
    kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(kafka)) {
      Topics.create(admin, 3, Map.of());
    }
    produce();
  }

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void sheddingIsBoundedAndFairAndCounted() throws Exception {
    Map<String, List<Integer>> scores = work(BACKLOG, 0, Map.of());
    assertThat(mostWaiting).hasValue(BACKLOG);
    assertThat(scores.keySet()).isEqualTo(STREAMS.keySet());
    scores.forEach(
        (stream, numbers) -> {
          List<Integer> kept = numbers.stream().filter(number -> number >= 0).toList();
          assertThat(numbers).as(stream).hasSize(STREAMS.get(stream));
          assertThat(kept).as("in order").isSorted();
          assertThat(numbers.size() - kept.size()).isEqualTo(shed.getOrDefault(stream, 0));
        });
    assertThat(shed).containsOnlyKeys("burst");
    // All but what the ring (16), the backlog and the patch being scored can hold.
    assertThat(shed.get("burst")).isBetween(300 - BACKLOG - 16 - 16, 300 - BACKLOG / 2);
  }

  /** The ring stays full for longer than Kafka lets a consumer be silent. */
  @Test
  void waitingLosesNothingAndStaysInTheGroup() throws Exception {
    Map<String, List<Integer>> scores = work(0, 5_000, Map.of("max.poll.interval.ms", 2_500));
    assertThat(shed).isEmpty();
    assertThat(mostWaiting.get()).isBetween(1, 16);
    STREAMS.forEach(
        (stream, count) ->
            assertThat(scores.get(stream))
                .as(stream)
                .containsExactlyElementsOf(IntStream.range(0, count).boxed().toList()));
  }

  /** The scores of each stream: each patch's number, -1 for one without scores. */
  private Map<String, List<Integer>> work(int backlog, long millis, Map<String, Object> consumer)
      throws Exception {
    Map<String, Object> clients = new HashMap<>(kafka);
    clients.putAll(consumer);
    InferenceSettings settings =
        new InferenceSettings(clients, true, "worker", "test@1", 0.001, 1, 4, 1, 50, 16, backlog);
    InferenceWorker worker =
        new InferenceWorker(
            settings,
            (patches, count, scores) -> {
              blocked.countDown();
              gate.await();
              for (int i = 0; i < count; i++) {
                scores.put(i, patches.get(i * PatchRing.PATCH_BYTES / Float.BYTES));
              }
            },
            new Counts());
    CompletableFuture<Void> running =
        CompletableFuture.runAsync(
            () -> {
              try {
                worker.run();
              } catch (InferenceException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(blocked.await(60, TimeUnit.SECONDS)).isTrue();
    if (backlog > 0) {
      assertThat(readAhead.await(60, TimeUnit.SECONDS)).isTrue();
    }
    Thread.sleep(millis);
    gate.countDown();
    Map<String, List<Integer>> scores = read();
    worker.close();
    running.get(40, TimeUnit.SECONDS);
    return scores;
  }

  /** The burst stands before the others, whose patches come last. */
  private void produce() {
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(ProducerSettings.of(kafka))) {
      new TreeMap<>(STREAMS)
          .forEach(
              (stream, count) -> {
                for (int i = 0; i < count; i++) {
                  byte[] patch = new byte[PatchRing.PATCH_BYTES];
                  ByteBuffer.wrap(patch).order(ByteOrder.LITTLE_ENDIAN).putFloat(i);
                  var unused =
                      producer.send(
                          new ProducerRecord<>(
                              Topics.PATCHES, null, 1L * i, stream.getBytes(US_ASCII), patch));
                }
              });
    }
  }

  private Map<String, List<Integer>> read() {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("isolation.level", "read_committed");
    config.put("key.deserializer", ByteArrayDeserializer.class);
    config.put("value.deserializer", ByteArrayDeserializer.class);
    Map<String, List<Integer>> scores = new HashMap<>();
    int left = STREAMS.values().stream().mapToInt(Integer::intValue).sum();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.SCORES).stream()
              .map(partition -> new TopicPartition(Topics.SCORES, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (left > 0) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          scores
              .computeIfAbsent(new String(record.key(), US_ASCII), key -> new ArrayList<>())
              .add(number(record.value()));
          left--;
        }
      }
    }
    return scores;
  }

  private static int number(byte[] scores) {
    return scores.length == 0
        ? -1
        : (int) ByteBuffer.wrap(scores).order(ByteOrder.LITTLE_ENDIAN).getFloat();
  }

  private final class Counts implements PipelineMetrics {
    @Override
    public void backlog(int patches) {
      if (mostWaiting.accumulateAndGet(patches, Math::max) == BACKLOG) {
        readAhead.countDown();
      }
    }

    @Override
    public void unscored(String stream, String reason) {
      shed.merge(stream, 1, Integer::sum);
    }
  }
}
