package io.earshot.detector.inference;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.detector.segment.SegmentHeaders;
import io.earshot.models.onnx.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InferenceLoopTest {
  private static final long NEVER = 3_600_000;
  private static final ConsumerGroupMetadata GROUP = new MockConsumer<>("earliest").groupMetadata();

  private final Publisher publisher = new Publisher();
  private final List<Integer> batches = new CopyOnWriteArrayList<>();
  private final List<Integer> counted = new CopyOnWriteArrayList<>();
  private final List<String> unscored = new CopyOnWriteArrayList<>();
  private volatile Integer refused;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile Throwable scorerFailure;
  private PatchRing ring;
  private InferenceLoop loop;
  private Thread thread;

  @AfterEach
  void stop() throws InterruptedException {
    gate.countDown();
    finish();
  }

  @Test
  void patchesOfAllPartitionsShareABatch() throws Exception {
    prepare(4, NEVER, NEVER, 64);
    for (int i = 0; i < 8; i++) {
      publish(Patches.patch(i % 3, i, i));
    }
    start();
    await().until(() -> batches.size() == 2);
    assertThat(batches).containsExactly(4, 4);
    finish();
    assertThat(publisher.scores()).containsExactlyElementsOf(checksums(0, 8));
    assertThat(counted).isEqualTo(batches);
  }

  @Test
  void scoresCarryKeyTimeAndHeadersOfTheirPatchAndTheModel() throws Exception {
    prepare(4, 0, NEVER, 64);
    publish(Patches.patch(2, 9, 5));
    start();
    finish();
    ProducerRecord<byte[], byte[]> record = publisher.sent.get(0);
    assertThat(record.topic()).isEqualTo(Topics.SCORES);
    assertThat(record.partition()).as("by key, like any producer").isNull();
    assertThat(record.key()).isEqualTo("stream-2".getBytes(US_ASCII));
    assertThat(record.timestamp()).isEqualTo(Patches.TIMESTAMP + 5);
    assertThat(header(record, "seed")).isEqualTo("5");
    assertThat(header(record, "model")).isEqualTo("net@2");
    assertThat(record.value()).hasSize(8);
    assertThat(publisher.scores()).containsExactly(Patches.checksum(5));
    assertThat(publisher.committed).containsOnly(Map.entry(Patches.partition(2), 10L));
    assertThat(publisher.groups).containsOnly(GROUP);
  }

  @Test
  void aBatchThatIsNotFullWaitsForTheLingerOnly() throws Exception {
    prepare(16, 30, NEVER, 64);
    start();
    long published = System.nanoTime();
    publish(Patches.patch(0, 0, 0));
    await().until(() -> !batches.isEmpty());
    assertThat(System.nanoTime() - published).isGreaterThanOrEqualTo(30_000_000);
    assertThat(batches).containsExactly(1);
  }

  @Test
  void whatComesWhileABatchIsScoredIsTheNextBatch() throws Exception {
    prepare(16, NEVER, NEVER, 64);
    gate = new CountDownLatch(1);
    for (int i = 0; i < 16; i++) {
      publish(Patches.patch(0, i, i));
    }
    start();
    await().until(() -> batches.size() == 1);
    for (int i = 16; i < 48; i++) {
      publish(Patches.patch(0, i, i));
    }
    gate.countDown();
    await().until(() -> batches.size() == 3);
    assertThat(batches).containsExactly(16, 16, 16);
  }

  /** Six in a ring of eight, then six more: two up to the ring's end and four from its start. */
  @Test
  void aBatchEndsWhereTheRingWraps() throws Exception {
    prepare(6, NEVER, NEVER, 8);
    start();
    for (int i = 0; i < 6; i++) {
      publish(Patches.patch(0, i, i));
    }
    await().until(() -> ring.released() == 5);
    for (int i = 6; i < 14; i++) {
      publish(Patches.patch(0, i, i));
    }
    await().until(() -> batches.size() == 3);
    assertThat(batches).containsExactly(6, 2, 6);
    assertThat(publisher.scores()).containsExactlyElementsOf(checksums(0, 14));
  }

  @Test
  void anEndKeepsItsPlaceBehindTheLastScore() throws Exception {
    prepare(16, NEVER, NEVER, 64);
    for (long i = 0; i < 9; i++) {
      publish(i == 3 || i == 4 ? Patches.end(1, i, i) : Patches.patch(1, i, i));
    }
    publish(Patches.end(1, 9, 9));
    start();
    await().until(() -> publisher.sent.size() == 10);
    assertThat(batches).containsExactly(3, 4);
    for (int i = 0; i < 10; i++) {
      ProducerRecord<byte[], byte[]> record = publisher.sent.get(i);
      boolean end = i == 3 || i == 4 || i == 9;
      assertThat(header(record, end ? "end" : "seed")).isEqualTo(Integer.toString(i));
      assertThat(record.value()).hasSize(end ? 0 : 8);
    }
    finish();
    assertThat(publisher.committed).containsOnly(Map.entry(Patches.partition(1), 10L));
  }

  @Test
  void whatIsNoPatchBecomesADeadLetterAndItsOffsetIsCommitted() throws Exception {
    prepare(16, NEVER, NEVER, 64);
    publish(Patches.patch(1, 0, 0));
    publish(Patches.record(1, 1, ByteBuffer.wrap(new byte[] {1, 2, 3}), "seed", 1));
    start();
    await().until(() -> publisher.sent.size() == 2);
    ProducerRecord<byte[], byte[]> letter = publisher.sent.get(1);
    assertThat(letter.topic()).isEqualTo(Topics.DEAD_LETTERS);
    assertThat(new String(letter.value(), US_ASCII))
        .contains("\"reason\":\"bad_patch\"", "3 bytes, not 24576", "\"offset\":1", "AQID");
    finish();
    assertThat(publisher.committed).containsOnly(Map.entry(Patches.partition(1), 2L));
  }

  @Test
  void aShedPatchKeepsItsPlaceWithoutScores() throws Exception {
    prepare(16, NEVER, NEVER, 64);
    publish(Patches.patch(1, 0, 0));
    ConsumerRecord<byte[], ByteBuffer> shed = Patches.patch(1, 1, 1);
    SegmentHeaders.markUnscored(shed.headers(), SegmentHeaders.SHED);
    publish(shed);
    publish(Patches.patch(1, 2, 2));
    start();
    finish();
    assertThat(publisher.sent).extracting(ProducerRecord::topic).containsOnly(Topics.SCORES);
    assertThat(publisher.sent).extracting(record -> record.value().length).containsExactly(8, 0, 8);
    assertThat(header(publisher.sent.get(1), "unscored")).isEqualTo("shed");
    assertThat(header(publisher.sent.get(1), "seed")).isEqualTo("1");
    assertThat(unscored).containsExactly("stream-1 shed");
    assertThat(publisher.committed).containsOnly(Map.entry(Patches.partition(1), 3L));
  }

  @Test
  void aPatchThatTheNetworkFailsOnIsADeadLetterAndItsStreamGoesOn() throws Exception {
    prepare(2, NEVER, NEVER, 64);
    refused = Patches.checksum(1);
    for (int i = 0; i < 4; i++) {
      publish(Patches.patch(1, i, i));
    }
    start();
    finish();
    assertThat(loop.failure()).isNull();
    assertThat(publisher.sent)
        .extracting(ProducerRecord::topic)
        .containsExactly(
            Topics.SCORES, Topics.DEAD_LETTERS, Topics.SCORES, Topics.SCORES, Topics.SCORES);
    assertThat(new String(publisher.sent.get(1).value(), US_ASCII))
        .contains(
            "\"reason\":\"inference_failed\"",
            "\"message\":\"made to fail\"",
            "\"topic\":\"earshot.patches\",\"partition\":1,\"offset\":1",
            sample(1));
    assertThat(publisher.sent.get(2).value()).isEmpty();
    assertThat(header(publisher.sent.get(2), "unscored")).isEqualTo("failed");
    assertThat(header(publisher.sent.get(2), "seed")).isEqualTo("1");
    assertThat(unscored).containsExactly("stream-1 failed");
    assertThat(publisher.committed).containsOnly(Map.entry(Patches.partition(1), 4L));
  }

  @Test
  void aNetworkThatFailsOnEveryPatchEndsTheLoopAndIsNoDeadLetter() throws Exception {
    prepare(2, 0, NEVER, 64);
    scorerFailure = new ModelException("device lost");
    publish(Patches.patch(0, 0, 0));
    start();
    thread.join(20_000);
    assertThat(loop.failure())
        .isInstanceOf(ModelException.class)
        .hasMessage("the network fails on every patch: device lost");
    assertThat(publisher.sent).isEmpty();
    assertThat(publisher.commits).isZero();
  }

  /** The first 64 bytes of a patch, base64. */
  private static String sample(long seed) {
    ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(Patches.floats(seed), 0, 16);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /** The order of calls, for a long random run: no offset is committed before its scores. */
  @Test
  void patchesAreNeverMixedAndOffsetsNeverAheadOfScores() throws Exception {
    prepare(16, 1, 3, 64);
    start();
    Random random = new Random(1);
    long[] offsets = new long[5];
    int patches = 5_000;
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < patches; i++) {
      int partition = random.nextInt(offsets.length);
      boolean end = random.nextInt(50) == 0;
      long offset = offsets[partition]++;
      publish(end ? Patches.end(partition, offset, i) : Patches.patch(partition, offset, i));
      expected.add(end ? 0 : Patches.checksum(i));
    }
    finish();
    assertThat(loop.failure()).isNull();
    assertThat(publisher.scores()).isEqualTo(expected);
    assertThat(publisher.aheadOfScores).isZero();
    assertThat(publisher.commits).isGreaterThan(10);
    for (int partition = 0; partition < offsets.length; partition++) {
      assertThat(publisher.committed)
          .containsEntry(Patches.partition(partition), offsets[partition]);
    }
    assertThat(batches).allMatch(size -> size >= 1 && size <= 16);
    assertThat(batches).hasSizeLessThan(patches / 2);
  }

  @Test
  void nothingIsCommittedWhenTheNetworkFails() throws Exception {
    prepare(2, 0, NEVER, 64);
    start();
    publish(Patches.patch(0, 0, 0));
    publish(Patches.patch(0, 1, 1));
    await().until(() -> publisher.sent.size() == 2);
    scorerFailure = new IllegalStateException("no memory");
    publish(Patches.patch(0, 2, 2));
    thread.join(20_000);
    assertThat(loop.failure()).isSameAs(scorerFailure);
    assertThat(publisher.commits).isZero();
    assertThat(publisher.sent).hasSize(2);
    assertThat(loop.flush(20_000)).as("flush of a loop that failed").isFalse();
  }

  @Test
  void anErrorOfANativeLibraryEndsTheLoopToo() throws Exception {
    prepare(2, 0, NEVER, 64);
    scorerFailure = new UnsatisfiedLinkError("no such library");
    publish(Patches.patch(0, 0, 0));
    start();
    thread.join(20_000);
    assertThat(loop.failure()).isSameAs(scorerFailure);
    assertThat(publisher.commits).isZero();
  }

  @Test
  void aCommitThatFailsEndsTheLoop() throws Exception {
    prepare(2, 0, 0, 64);
    publisher.commitFailure = new IllegalStateException("fenced");
    publish(Patches.patch(0, 0, 0));
    start();
    thread.join(20_000);
    assertThat(loop.failure()).isSameAs(publisher.commitFailure);
    assertThat(publisher.committed).isEmpty();
  }

  @Test
  void aFlushReturnsWhenAllThatIsInTheRingIsCommitted() throws Exception {
    prepare(16, 5, 200, 64);
    start();
    assertThat(loop.flush(20_000)).as("of an empty ring").isTrue();
    for (int i = 0; i < 21; i++) {
      publish(Patches.patch(i % 2, i, i));
    }
    assertThat(loop.flush(20_000)).isTrue();
    assertThat(publisher.committed)
        .containsOnly(Map.entry(Patches.partition(0), 21L), Map.entry(Patches.partition(1), 20L));
    publish(Patches.patch(0, 22, 22));
    assertThat(loop.flush(20_000)).as("a second time").isTrue();
    assertThat(publisher.committed).containsEntry(Patches.partition(0), 23L);
  }

  @Test
  void aFlushWaitsNeitherForTheLingerNorForTheCommitInterval() throws Exception {
    prepare(16, NEVER, NEVER, 64);
    start();
    publish(Patches.patch(0, 0, 0));
    assertThat(loop.flush(20_000)).isTrue();
    assertThat(publisher.committed).containsOnly(Map.entry(Patches.partition(0), 1L));
  }

  @Test
  void aFlushThatTakesTooLongSaysSo() throws Exception {
    prepare(16, 0, NEVER, 64);
    gate = new CountDownLatch(1);
    publish(Patches.patch(0, 0, 0));
    start();
    assertThat(loop.flush(10)).isFalse();
    assertThat(publisher.commits).isZero();
  }

  @Test
  void stoppingFinishesWhatIsInTheRing() throws Exception {
    prepare(16, NEVER, NEVER, 64);
    gate = new CountDownLatch(1);
    for (int i = 0; i < 37; i++) {
      publish(Patches.patch(0, i, i));
    }
    start();
    loop.stop();
    gate.countDown();
    thread.join(20_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(publisher.scores()).containsExactlyElementsOf(checksums(0, 37));
    assertThat(publisher.committed).containsOnly(Map.entry(Patches.partition(0), 37L));
    assertThat(loop.failure()).isNull();
  }

  @Test
  void anIdleLoopCommitsNothing() throws Exception {
    prepare(16, 0, 1, 64);
    start();
    finish();
    assertThat(publisher.commits).isZero();
  }

  private void prepare(int maxBatch, long lingerMillis, long commitMillis, int slots) {
    ring = new PatchRing(slots);
    InferenceSettings settings =
        new InferenceSettings(
            Map.of(), true, "id", "net@2", 2, maxBatch, lingerMillis, commitMillis, slots, 0);
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

  private void start() {
    thread.start();
  }

  private void finish() throws InterruptedException {
    loop.stop();
    if (thread.isAlive()) {
      thread.join(20_000);
    }
    assertThat(thread.isAlive()).isFalse();
  }

  /** As the poll thread does it. */
  private void publish(ConsumerRecord<byte[], ByteBuffer> patch) {
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

  private static List<Integer> checksums(int from, int to) {
    List<Integer> sums = new ArrayList<>();
    for (long seed = from; seed < to; seed++) {
      sums.add(Patches.checksum(seed));
    }
    return sums;
  }

  private static String header(ProducerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), US_ASCII);
  }

  /** Remembers; written by the loop's thread, read when that has ended or by await. */
  private static final class Publisher implements ScorePublisher {
    final List<ProducerRecord<byte[], byte[]>> sent = new CopyOnWriteArrayList<>();
    final Map<TopicPartition, Long> committed = new HashMap<>();
    final List<ConsumerGroupMetadata> groups = new ArrayList<>();
    private final Map<TopicPartition, Long> scored = new HashMap<>();
    volatile int commits;
    int aheadOfScores;
    RuntimeException commitFailure;
    private boolean begun;

    @Override
    public void begin() {
      begun = true;
    }

    @Override
    public void send(ProducerRecord<byte[], byte[]> scores) {
      assertThat(begun).isTrue();
      String key = new String(scores.key(), US_ASCII);
      TopicPartition partition = Patches.partition(Integer.parseInt(key.split("-")[1]));
      scored.merge(partition, 1L, Long::sum);
      sent.add(scores);
    }

    @Override
    public void commit(
        Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
      assertThat(begun).isTrue();
      assertThat(offsets).isNotEmpty();
      if (commitFailure != null) {
        throw commitFailure;
      }
      begun = false;
      groups.add(group);
      offsets.forEach(
          (partition, offset) -> {
            // In the long run a partition's offsets count its records from 0.
            aheadOfScores += offset.offset() > scored.get(partition) ? 1 : 0;
            committed.put(partition, offset.offset());
          });
      commits++;
    }

    @Override
    public void close() {}

    List<Integer> scores() {
      return sent.stream()
          .map(
              record -> {
                if (record.value().length == 0) {
                  return 0;
                }
                ByteBuffer value = ByteBuffer.wrap(record.value()).order(ByteOrder.LITTLE_ENDIAN);
                return ((int) value.getFloat(0) << 16) | (int) value.getFloat(4);
              })
          .toList();
    }
  }
}
