package io.earshot.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class FramePublisherTest {
  private static final Frame FRAME =
      new Frame("door", "s1", 0, 42, Encoding.S16LE, new byte[4], false);

  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final FramePublisher publisher = new FramePublisher(kafka, "frames");

  @Test
  void framesAreSentAsTheirRecords() throws Exception {
    publisher.publish(FRAME);
    var sent = kafka.history().get(0);
    assertThat(sent.topic()).isEqualTo("frames");
    assertThat(Frame.read(sent.key(), sent.value(), sent.headers(), sent.timestamp()))
        .isEqualTo(FRAME);
  }

  @Test
  void theFirstFailureIsThrownByEachLaterCall() throws Exception {
    publisher.publish(FRAME);
    publisher.publish(FRAME);
    kafka.errorNext(new TimeoutException("broker\nis away"));
    kafka.errorNext(new TimeoutException("another"));
    String message = "cannot publish to topic frames: broker is away";
    assertThatThrownBy(() -> publisher.publish(FRAME))
        .isInstanceOf(IOException.class)
        .hasMessage(message);
    assertThatThrownBy(publisher::flush).isInstanceOf(IOException.class).hasMessage(message);
    assertThatThrownBy(publisher::close).isInstanceOf(IOException.class).hasMessage(message);
    assertThat(kafka.history()).hasSize(2);
    assertThat(kafka.closed()).isTrue();
  }

  @Test
  void aFailureBeforeSendingIsThrownAtOnce() {
    kafka.sendException = new TimeoutException("no such topic");
    assertThatThrownBy(() -> publisher.publish(FRAME))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot publish to topic frames: no such topic");
  }

  @Test
  void flushWaitsForAllAndCloseMayBeRepeated() throws Exception {
    publisher.publish(FRAME);
    kafka.flush();
    publisher.flush();
    publisher.close();
    publisher.close();
    assertThat(kafka.closed()).isTrue();
    assertThatThrownBy(() -> publisher.publish(FRAME)).isInstanceOf(IOException.class);
  }

  @Test
  void usersSettingsWinExceptOverIdempotence() {
    Map<String, Object> user =
        Map.of(
            ProducerConfig.LINGER_MS_CONFIG, 50, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "false");
    assertThat(FramePublisher.settings(user))
        .containsEntry(ProducerConfig.LINGER_MS_CONFIG, 50)
        .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
        .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
        .containsEntry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1)
        .containsEntry(ProducerConfig.BATCH_SIZE_CONFIG, 262_144);
  }

  @Test
  void theSettingsAreOnesThatKafkaTakes() throws Exception {
    new FramePublisher(Map.of("bootstrap.servers", "localhost:1"), "frames").close();
  }
}
