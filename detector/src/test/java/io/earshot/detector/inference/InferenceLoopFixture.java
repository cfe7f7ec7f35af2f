package io.earshot.detector.inference;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.onnx.ModelException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A loop on a thread of its own, with a network and a publisher that remember what they did. */
@Timeout(60)
abstract class InferenceLoopFixture {
  static final long NEVER = 3_600_000;
  static final ConsumerGroupMetadata GROUP = new MockConsumer<>("earliest").groupMetadata();

  final RememberingPublisher publisher = new RememberingPublisher();
  final List<Integer> batches = new CopyOnWriteArrayList<>();
  final List<Integer> counted = new CopyOnWriteArrayList<>();
  final List<String> unscored = new CopyOnWriteArrayList<>();
  volatile Integer refused;
  volatile CountDownLatch gate = new CountDownLatch(0);
  volatile Throwable scorerFailure;
  PatchRing ring;
  InferenceLoop loop;
  Thread thread;

  @AfterEach
  void stop() throws InterruptedException {
    gate.countDown();
    finish();
  }

  void prepare(int maxBatch, long lingerMillis, long commitMillis, int slots) {
    ring = new PatchRing(slots);
    InferenceSettings settings =
        new InferenceSettings(
            Map.of(),
            true,
            "id",
            "net@2",
            0.001,
            2,
            maxBatch,
            lingerMillis,
            commitMillis,
            slots,
            0);
    PipelineMetrics metrics =
        new PipelineMetrics() {
          @Override
          public void batch(int patches, long nanos) {
            counted.add(patches);
          }

          @Override
          public void unscored(String stream, String reason) {
            unscored.add(stream + " " + reason);
          }
        };
    loop = new InferenceLoop(settings, ring, this::score, publisher, () -> GROUP, metrics);
    thread = new Thread(loop, "inference-loop-test");
  }

  void start() {
    thread.start();
  }

  void finish() throws InterruptedException {
    loop.stop();
    if (thread.isAlive()) {
      thread.join(20_000);
    }
    assertThat(thread.isAlive()).isFalse();
  }

  /** As the poll thread does it. */
  void publish(ConsumerRecord<byte[], ByteBuffer> patch) {
    while (!ring.hasRoom()) {
      assertThat(loop.failure()).isNull();
    }
    ring.claim().fill(patch, Patches.partition(patch.partition()), System.nanoTime());
    ring.publish();
  }

  /** The checksum of each patch, as the bits of its first score; its place is the second. */
  private void score(FloatBuffer patches, int count, FloatBuffer scores) throws Exception {
    batches.add(count);
    gate.await(60, TimeUnit.SECONDS);
    if (scorerFailure instanceof Error error) {
      throw error;
    }
    if (scorerFailure != null) {
      throw (Exception) scorerFailure;
    }
    assertThat(patches.isDirect()).isTrue();
    assertThat(scores.isDirect()).isTrue();
    assertThat(patches.remaining()).isEqualTo(count * 96 * 64);
    for (int i = 0; i < count; i++) {
      // An int as two floats that hold 16 bits each: no bits of a float are lost on the way.
      int sum = Patches.checksum(patches, i);
      if (Integer.valueOf(sum).equals(refused)) {
        throw new ModelException("made to fail");
      }
      scores.put(2 * i, sum >>> 16);
      scores.put(2 * i + 1, sum & 0xffff);
    }
  }

  static List<Integer> checksums(int from, int to) {
    List<Integer> sums = new ArrayList<>();
    for (long seed = from; seed < to; seed++) {
      sums.add(Patches.checksum(seed));
    }
    return sums;
  }

  static String header(ProducerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), US_ASCII);
  }
}
