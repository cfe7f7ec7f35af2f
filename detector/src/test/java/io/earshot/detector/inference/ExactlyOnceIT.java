package io.earshot.detector.inference;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Workers that fail again and again, on a real broker: what do readers of the scores see? */
class ExactlyOnceIT {
  private static final int PARTITIONS = 4;
  private static final int PATCHES = 3_000;
  private static final int STREAMS = 7;

  @TempDir Path folder;

  @Test
  void workersThatFailScoreEveryPatchOnceAndInOrder() throws Exception {
    Map<String, List<Integer>> scores = run(true);
    assertThat(scores).hasSize(STREAMS);
    scores.forEach(
        (stream, numbers) ->
            assertThat(numbers).as(stream).containsExactlyElementsOf(numbersOf(stream)));
  }

  @Test
  void atLeastOnceLosesNothingThatWasRead() throws Exception {
    Map<String, List<Integer>> scores = run(false);
    scores.forEach(
        (stream, numbers) ->
            assertThat(numbers.stream().distinct())
                .as(stream)
                .containsExactlyElementsOf(numbersOf(stream)));
  }

  private Map<String, List<Integer>> run(boolean exactlyOnce) throws Exception {
    Logger kafkaLog = (Logger) LoggerFactory.getLogger("org.apache.kafka");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Level level = kafkaLog.getLevel();
    kafkaLog.setLevel(Level.WARN);
    lines.start();
    kafkaLog.addAppender(lines);
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      try (Admin admin = Admin.create(kafka)) {
        Topics.create(admin, PARTITIONS, Map.of());
      }
      produce(kafka);
      int failures = scoreWithFailingWorkers(kafka, exactlyOnce);
      assertThat(failures).isGreaterThanOrEqualTo(5);
      assertThat(lines.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .noneMatch(line -> line.contains("OutOfOrderSequence") || line.contains("out of order"));
      return read(kafka);
    } finally {
      kafkaLog.detachAppender(lines);
      kafkaLog.setLevel(level);
    }
  }

  /** Patches whose first float is their number. */
  private static void produce(Map<String, Object> kafka) {
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(ProducerSettings.of(kafka))) {
      for (int i = 0; i < PATCHES; i++) {
        byte[] patch = new byte[PatchRing.PATCH_BYTES];
        ByteBuffer.wrap(patch).order(ByteOrder.LITTLE_ENDIAN).putFloat(i);
        byte[] key = ("stream-" + i % STREAMS).getBytes(US_ASCII);
        var unused = producer.send(new ProducerRecord<>(Topics.PATCHES, null, 1L * i, key, patch));
      }
    }
  }

  /** Each worker's network fails after some batches; the next begins at the last commit. */
  private static int scoreWithFailingWorkers(Map<String, Object> kafka, boolean exactlyOnce)
      throws Exception {
    Random random = new Random(3);
    int failures = 0;
    boolean caughtUp = false;
    while (!caughtUp) {
      AtomicInteger left = new AtomicInteger(10 + random.nextInt(25));
      AtomicInteger idle = new AtomicInteger();
      Scorer scorer =
          (patches, count, scores) -> {
            idle.set(0);
            if (left.decrementAndGet() == 0) {
              throw new IllegalStateException("made to fail");
            }
            copyNumbers(patches, count, scores);
          };
      InferenceWorker worker =
          new InferenceWorker(settings(kafka, exactlyOnce), scorer, PipelineMetrics.NONE);
      Thread closer = closeWhenIdle(worker, idle);
      try {
        worker.run();
        caughtUp = true;
      } catch (InferenceException e) {
        assertThat(e).hasMessageContaining("made to fail");
        failures++;
      } finally {
        closer.interrupt();
        closer.join();
      }
    }
    return failures;
  }

  private static void copyNumbers(FloatBuffer patches, int count, FloatBuffer scores) {
    for (int i = 0; i < count; i++) {
      scores.put(i, patches.get(i * PatchRing.PATCH_BYTES / Float.BYTES));
    }
  }

  private static Thread closeWhenIdle(InferenceWorker worker, AtomicInteger idle) {
    Thread closer =
        new Thread(
            () -> {
              try {
                while (idle.incrementAndGet() < 50) {
                  Thread.sleep(100);
                }
                worker.close();
              } catch (InterruptedException e) {
                // The worker has ended by itself.
              }
            });
    closer.start();
    return closer;
  }

  private static InferenceSettings settings(Map<String, Object> kafka, boolean exactlyOnce) {
    return new InferenceSettings(
        kafka, exactlyOnce, "worker", "test@1", 0.001, 1, 16, 2, 20, 64, 0);
  }

  private static Map<String, List<Integer>> read(Map<String, Object> kafka) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("isolation.level", "read_committed");
    config.put("key.deserializer", ByteArrayDeserializer.class);
    config.put("value.deserializer", ByteArrayDeserializer.class);
    Map<String, List<Integer>> scores = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.SCORES).stream()
              .map(partition -> new TopicPartition(Topics.SCORES, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          scores
              .computeIfAbsent(new String(record.key(), US_ASCII), key -> new ArrayList<>())
              .add((int) ByteBuffer.wrap(record.value()).order(ByteOrder.LITTLE_ENDIAN).getFloat());
        }
      }
    }
    return scores;
  }

  private static List<Integer> numbersOf(String stream) {
    int first = Integer.parseInt(stream.substring("stream-".length()));
    List<Integer> numbers = new ArrayList<>();
    for (int i = first; i < PATCHES; i += STREAMS) {
      numbers.add(i);
    }
    return numbers;
  }
}
