package io.earshot.detector.inference;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.earshot.detector.broker.Topics;
import io.earshot.models.onnx.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A network, a library or a commit that fails. */
class InferenceLoopFailureTest extends InferenceLoopFixture {
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
}
