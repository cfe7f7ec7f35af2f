package io.earshot.detector.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of a Kafka that does not answer. */
class KafkaClipsTest {
  private static final String ID = "1b9d6bcd-bbfd-3b2d-9b5d-ab8dfbbd4bed";
  private static final Instant T = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final StoredEvent EVENT =
      StoredEvent.read(TestEvents.json(ID, "yard", T, T.plusMillis(960), 960));

  private final AtomicInteger asked = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "1B9D6BCD-BBFD-3B2D-9B5D-AB8DFBBD4BED", ID + "\n", ID + "0"})
  void nobodyIsAskedForWhatIsNoId(String id) {
    ClipException e = refused(clips(known -> EVENT), id);
    assertThat(e.reason()).isEqualTo(ClipException.Reason.UNKNOWN_EVENT);
    assertThat(asked).hasValue(0);
  }

  @Test
  void whatIsKnownNeedsNoKafka() throws Exception {
    assertThat(clips(id -> id.equals(ID) ? EVENT : null).event(ID)).isSameAs(EVENT);
    assertThat(asked).hasValue(0);
  }

  @Test
  void thatKafkaDoesNotAnswerIsSaidAsThat() {
    assertThat(refused(clips(id -> null), ID).reason()).isEqualTo(ClipException.Reason.UNAVAILABLE);
    ClipException e =
        catchThrowableOfType(ClipException.class, () -> clips(id -> null).clip(EVENT));
    assertThat(e.reason()).isEqualTo(ClipException.Reason.UNAVAILABLE);
    assertThat(e).hasMessage("Kafka does not answer; try again later");
    assertThat(asked).hasValue(2);
  }

  private static ClipException refused(Clips clips, String id) {
    return catchThrowableOfType(ClipException.class, () -> clips.event(id));
  }

  private Clips clips(Function<String, StoredEvent> known) {
    ClipSettings settings =
        new ClipSettings(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMinutes(1));
    return new KafkaClips(this::consumer, settings, known);
  }

  private Consumer<byte[], byte[]> consumer() {
    asked.incrementAndGet();
    throw new TimeoutException("nobody there");
  }
}
