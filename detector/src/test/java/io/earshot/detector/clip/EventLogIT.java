package io.earshot.detector.clip;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Event;
import io.earshot.detector.event.EventId;
import io.earshot.detector.event.JsonSerde;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred thousand events, each opened and closed: the oldest takes a moment, the newest none.
 */
class EventLogIT {
  private static final int EVENTS = 100_000;

  @TempDir Path folder;

  @Test
  void anyOfManyEventsIsFoundInItsLastState() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      fill(kafka);
      Clips clips =
          new KafkaClips(
              () -> consumer(kafka), new ClipSettings(Duration.ZERO, Duration.ZERO, Duration.ZERO));
      find(clips, EVENTS - 1);
      for (int which : new int[] {EVENTS - 1, EVENTS / 2, 0}) {
        long start = System.nanoTime();
        StoredEvent found = find(clips, which);
        System.out.printf(
            Locale.ROOT,
            "event %d of %d found in %.2f s%n",
            which,
            EVENTS,
            (System.nanoTime() - start) / 1e9);
        assertThat(found.event()).isEqualTo(event(which, Event.State.CLOSED));
      }
      assertThatThrownBy(() -> find(clips, EVENTS))
          .isInstanceOfSatisfying(
              ClipException.class,
              e -> assertThat(e.reason()).isEqualTo(ClipException.Reason.UNKNOWN_EVENT));
    }
  }

  private static StoredEvent find(Clips clips, int which) throws ClipException {
    return clips.event(event(which, Event.State.OPEN).id());
  }

  private static void fill(Map<String, Object> kafka) throws Exception {
    try (Admin admin = Admin.create(kafka)) {
      Topics.create(admin, 4, Map.of());
    }
    Map<String, Object> settings = new HashMap<>(kafka);
    // With more, the first batch to a new topic can be refused for ever (KAFKA-15591).
    settings.put("max.in.flight.requests.per.connection", 1);
    AtomicReference<Exception> failure = new AtomicReference<>();
    Serializer<Event> json = JsonSerde.of(Event.class).serializer();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < EVENTS; i++) {
        for (Event.State state : new Event.State[] {Event.State.OPEN, Event.State.CLOSED}) {
          Event event = event(i, state);
          var unused =
              producer.send(
                  new ProducerRecord<>(
                      Topics.EVENTS, event.stream().getBytes(US_ASCII), json.serialize("", event)),
                  (sent, e) -> failure.compareAndSet(null, e));
        }
      }
    }
    assertThat(failure.get()).isNull();
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> kafka) {
    return new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Event event(int which, Event.State state) {
    Instant onset = Instant.ofEpochMilli(1_700_000_000_123L + which * 1_000L);
    String stream = "stream-" + which % 50;
    return TestEvents.bark(
        EventId.of(stream, "s.1700000000000", "dog_bark", which, TestEvents.MODEL),
        stream,
        onset,
        state == Event.State.OPEN ? null : onset.plusMillis(960),
        960);
  }
}
