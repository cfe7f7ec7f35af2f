package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.event.Event;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class JsonRecordsTest {
  private final JsonRecords<Event.Model> records = new JsonRecords<>(Event.Model.class);

  @Test
  void whatANewerDetectorTellsMoreIsPassedOver() {
    assertThat(read("{'name': 'net', 'maker': {'is': 'new'}, 'version': '2'}"))
        .contains(new Event.Model("net", "2"));
  }

  @Test
  void aTombstoneAndWhatIsNoSuchJsonHoldNothing() {
    assertThat(read(null)).isEmpty();
    assertThat(read("null")).isEmpty();
    assertThat(read("{'name'")).isEmpty();
    assertThat(read("[1]")).isEmpty();
  }

  @Test
  void jsonOfAnotherKindIsNoEvent() {
    byte[] other = "{\"id\": \"x\", \"stream\": \"door\", \"sensor\": 5}".getBytes(UTF_8);
    assertThat(
            new JsonRecords<>(Event.class)
                .read(new ConsumerRecord<>("earshot.events", 0, 7, null, other)))
        .isEmpty();
  }

  private Optional<Event.Model> read(String json) {
    byte[] value = json == null ? null : json.replace('\'', '"').getBytes(UTF_8);
    return records.read(new ConsumerRecord<>("earshot.events", 0, 7, null, value));
  }
}
