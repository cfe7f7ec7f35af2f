package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.publish.FramePublisher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A detector that comes back after a pause, while its streams go on in real time: how long until
 * what it says is fresh again? {@code benchmarks/recovery} runs it for a pause of five minutes.
 */
@Timeout(900)
class RecoveryIT {
  private static final int SECONDS = Integer.getInteger("recovery.seconds", 5);
  private static final int STREAMS = Integer.getInteger("recovery.streams", 4);
  private static final long FRESH_MILLIS = 2_000;

  /** A segment of 975 ms, and up to 960 more until the next one is whole. */
  private static final long CUTTING_MILLIS = 1_935;

  @TempDir Path folder;
  private final CountDownLatch backlogSent = new CountDownLatch(1);
  private final Map<String, Long> newest = new HashMap<>();
  private final Map<String, Long> next = new HashMap<>();
  private final AtomicInteger mostWaiting = new AtomicInteger();
  private int scored;
  private int unscored;
  private int ended;
  private volatile boolean fresh;
  private volatile Throwable failure;

  @ParameterizedTest
  @ValueSource(strings = {"wait", "shed"})
  void afterAPauseEventsAreFreshAgainAndEverySegmentIsAccountedFor(String overload)
      throws Exception {
    Config config =
        ConfigFile.read(
            null, Map.of("model.name", Shared.base().toString(), "inference.overload", overload));
    ModelPackage model = ModelOptions.model(config);
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      Map<String, Object> kafka = KafkaSettings.clients(config, broker.bootstrapServers());
      TopicSetup.run(config, kafka);
      Thread microphones = new Thread(() -> stream(kafka));
      microphones.start();
      assertThat(backlogSent.await(300, TimeUnit.SECONDS)).isTrue();
      PipelineMetrics metrics =
          new PipelineMetrics() {
            @Override
            public void backlog(int patches) {
              mostWaiting.accumulateAndGet(patches, Math::max);
            }
          };
      long start = System.nanoTime();
      try (Detector detector = Detector.start(config, model, kafka, metrics)) {
        follow(kafka, overload, start);
        assertThat(detector.failed()).isNotDone();
      }
      microphones.join();
      assertThat(failure).isNull();
    }
    assertThat(next).hasSize(STREAMS);
    if (overload.equals("wait")) {
      assertThat(unscored).isZero();
    } else {
      assertThat(mostWaiting.get()).isLessThanOrEqualTo(1024);
    }
  }

  /** Every segment is followed by the next one, whether it was scored or not. */
  private void follow(Map<String, Object> kafka, String overload, long start) {
    try (Consumer<byte[], byte[]> consumer = JsonReader.consumer(kafka)) {
      var partitions = JsonReader.partitions(consumer, Topics.SCORES);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (ended < STREAMS) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          count(record);
        }
        if (!fresh && delayMillis() < FRESH_MILLIS) {
          print(overload, start);
          fresh = true;
        }
      }
    }
  }

  private void count(ConsumerRecord<byte[], byte[]> record) {
    if (record.headers().lastHeader("end") != null) {
      ended++;
      return;
    }
    String stream = new String(record.key(), US_ASCII);
    assertThat(number(record, "index")).as(stream).isEqualTo(next.getOrDefault(stream, 0L));
    next.merge(stream, 1L, Long::sum);
    if (record.headers().lastHeader("unscored") != null) {
      unscored++;
    } else {
      scored++;
      newest.put(stream, number(record, "start") / 1000);
    }
  }

  /** Of the stream that is most behind, beyond what cutting segments takes anyway. */
  private long delayMillis() {
    long oldest = newest.values().stream().mapToLong(Long::longValue).min().orElse(0);
    return newest.size() < STREAMS
        ? Long.MAX_VALUE
        : System.currentTimeMillis() - oldest - CUTTING_MILLIS;
  }

  private void print(String overload, long start) {
    System.out.printf(
        Locale.ROOT,
        "recovery, %s: %d streams, pause %d s: fresh again after %.1f s; %d segments scored, %d shed,"
            + " at most %d waited%n",
        overload,
        STREAMS,
        SECONDS,
        (System.nanoTime() - start) / 1e9,
        scored,
        unscored,
        mostWaiting.get());
  }

  /** Noise of the last so many seconds at once, then in real time until all is fresh again. */
  private void stream(Map<String, Object> kafka) {
    byte[] pcm = new byte[3_200];
    new Random(3).nextBytes(pcm);
    long origin = System.currentTimeMillis() - SECONDS * 1000L;
    try (FramePublisher publisher = new FramePublisher(kafka, Topics.FRAMES)) {
      boolean last = false;
      for (int seq = 0; !last; seq++) {
        long captured = origin + seq * 100L;
        long ahead = captured + 100 - System.currentTimeMillis();
        if (ahead > 0) {
          publisher.flush();
          backlogSent.countDown();
          Thread.sleep(ahead);
        }
        last = fresh;
        for (int i = 0; i < STREAMS; i++) {
          publisher.publish(
              new Frame("s" + i, "recovery", seq, captured, Encoding.S16LE, pcm, last));
        }
      }
    } catch (Exception e) {
      failure = e;
    }
  }

  private static long number(ConsumerRecord<byte[], byte[]> record, String header) {
    return Long.parseLong(new String(record.headers().lastHeader(header).value(), US_ASCII));
  }
}
