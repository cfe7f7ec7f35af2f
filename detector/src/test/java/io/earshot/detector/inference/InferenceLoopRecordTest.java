package io.earshot.detector.inference;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.segment.SegmentHeaders;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What is sent for each record that was read. */
class InferenceLoopRecordTest extends InferenceLoopFixture {
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

  /** Compressed, megabytes of zeros pass every broker; their copy beside the scores would not. */
  @Test
  void aPatchWithHeadersOfMegabytesIsADeadLetterThatHasNoneOfThem() throws Exception {
    prepare(16, NEVER, NEVER, 64);
    ConsumerRecord<byte[], ByteBuffer> stranger = Patches.patch(1, 0, 0);
    stranger.headers().add("stuffing", new byte[20_000_000]);
    publish(stranger);
    ConsumerRecord<byte[], ByteBuffer> end = Patches.end(1, 1, 1);
    end.headers().add("x".repeat(5_000), null);
    publish(end);
    publish(Patches.patch(1, 2, 2));
    start();
    finish();
    assertThat(loop.failure()).isNull();
    assertThat(publisher.sent)
        .extracting(ProducerRecord::topic)
        .containsExactly(Topics.DEAD_LETTERS, Topics.DEAD_LETTERS, Topics.SCORES);
    ProducerRecord<byte[], byte[]> letter = publisher.sent.get(0);
    assertThat(letter.headers()).isEmpty();
    assertThat(new String(letter.value(), US_ASCII))
        // The names "seed" and "stuffing", a digit, and the zeros.
        .contains("bad_patch: headers of 20000013 bytes, allowed: 4096 at most")
        .hasSizeLessThan(400);
    assertThat(new String(publisher.sent.get(1).value(), US_ASCII))
        .contains("headers of 5004 bytes");
    assertThat(publisher.committed).containsOnly(Map.entry(Patches.partition(1), 3L));
  }

  @Test
  void aPatchWithAKeyOfMegabytesIsADeadLetterUnderItsBeginning() throws Exception {
    prepare(16, NEVER, NEVER, 64);
    byte[] key = ("stream-1-" + "k".repeat(2_000_000)).getBytes(US_ASCII);
    ConsumerRecord<byte[], ByteBuffer> patch = Patches.patch(1, 0, 0);
    publish(new ConsumerRecord<>(patch.topic(), 1, 0, key, patch.value()));
    start();
    finish();
    ProducerRecord<byte[], byte[]> letter = publisher.sent.get(0);
    assertThat(letter.topic()).isEqualTo(Topics.DEAD_LETTERS);
    assertThat(letter.key()).isEqualTo(Arrays.copyOf(key, 128));
    assertThat(new String(letter.value(), US_ASCII))
        .contains("bad_patch: a key of 2000009 bytes, allowed: 128 at most");
  }

  /** Whatever the parts, what goes on with scores is small. */
  @Test
  void aPatchWithTheLargestKeyAndHeadersIsScored() throws Exception {
    prepare(16, NEVER, NEVER, 64);
    byte[] key = ("stream-1-" + "k".repeat(119)).getBytes(US_ASCII);
    ConsumerRecord<byte[], ByteBuffer> patch = Patches.patch(1, 0, 7);
    ConsumerRecord<byte[], ByteBuffer> largest =
        new ConsumerRecord<>(patch.topic(), 1, 0, key, patch.value());
    largest.headers().add("trace", new byte[4_096 - "trace".length()]);
    publish(largest);
    start();
    finish();
    assertThat(publisher.scores()).containsExactly(Patches.checksum(7));
  }
}
