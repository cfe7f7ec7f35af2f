package io.earshot.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KafkaWireTest {
  private static final Frame FRAME =
      new Frame("door", "s1", 0, 42, Encoding.S16LE, new byte[3200], false);

  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final KafkaWire wire = new KafkaWire(kafka, "frames");
  private final List<String> receipts = new ArrayList<>();
  private final Wire.Receipt receipt =
      new Wire.Receipt() {
        @Override
        public void arrived() {
          receipts.add("arrived");
        }

        @Override
        public void refused(String why) {
          receipts.add("refused: " + why);
        }

        @Override
        public void failed(String why) {
          receipts.add("failed: " + why);
        }
      };

  @Test
  void anAcknowledgedFrameHasArrivedAsItsRecord() throws Exception {
    assertThat(wire.offer(FRAME, receipt)).isNull();
    assertThat(receipts).isEmpty();
    kafka.completeNext();
    assertThat(receipts).containsExactly("arrived");
    var sent = kafka.history().get(0);
    assertThat(sent.topic()).isEqualTo("frames");
    assertThat(sent.timestamp()).isEqualTo(42);
    assertThat(Frame.read(sent.key(), sent.value(), sent.headers(), sent.timestamp()))
        .isEqualTo(FRAME);
  }

  @Test
  void nothingIsSentAfterAFailure() {
    assertThat(wire.offer(FRAME, receipt)).isNull();
    kafka.errorNext(new OutOfOrderSequenceException("out of\norder"));
    assertThat(receipts).containsExactly("failed: out of order");
    assertThat(kafka.closed()).isTrue();
    assertThat(wire.offer(FRAME, receipt)).isNull();
    assertThat(receipts).hasSize(2).last().asString().startsWith("failed: ");
  }

  @Test
  void aRecordThatIsTooLargeIsRefusedAloneAndTheClientGoesOn() {
    assertThat(wire.offer(FRAME, receipt)).isNull();
    kafka.errorNext(new RecordTooLargeException("too large"));
    assertThat(receipts).containsExactly("refused: too large");
    assertThat(kafka.closed()).isFalse();
  }

  /** A real client, which nobody answers. */
  @Test
  @Timeout(20)
  void offeringNeverWaitsForABroker() throws Exception {
    try (KafkaWire real =
        KafkaWire.open(Map.of("bootstrap.servers", "127.0.0.1:1", "client.id", "t"), "frames")) {
      long start = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        assertThat(real.offer(FRAME, receipt)).contains("frames");
      }
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
    }
    assertThat(receipts).isEmpty();
  }

  @Test
  void noClientOfANameThatNobodyKnows() {
    assertThatThrownBy(
            () -> KafkaWire.open(Map.of("bootstrap.servers", "nowhere.invalid:9092"), "frames"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void theClientNeverWaitsAndGivesUpOnlyWhereItsUserWantsThat() {
    assertThat(KafkaWire.settings(Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, "5000")))
        .containsEntry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0)
        .containsEntry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    assertThat(KafkaWire.settings(Map.of(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "60000")))
        .containsEntry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "60000");
  }
}
