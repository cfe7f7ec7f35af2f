package io.earshot.detector.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTopologyTest extends EventTopologyFixture {
  private static final JsonSchema SCHEMA = schema("event.schema.json");

  @Test
  void anEventGoesOnAcrossASegmentThatWasNotScored() {
    send("door", headers(0), scores(0.5f, 0.1f));
    Map<String, String> unscored = new HashMap<>(headers(1));
    unscored.put("unscored", "shed");
    send("door", unscored, new byte[0]);
    send("door", headers(2), scores(0.5f, 0.1f));
    send("door", Map.of("session", "s", "end", "1"), new byte[0]);
    List<JsonNode> json =
        events.readRecordsToList().stream().map(event -> json(event.value())).toList();
    json.forEach(event -> assertThat(SCHEMA.validate(event)).isEmpty());
    assertThat(json)
        .extracting(event -> event.get("state").asText())
        .containsExactly("open", "closed");
    assertThat(json.get(1).get("duration_ms").asLong()).isEqualTo(3 * 960);
    assertThat(json.get(1).get("coverage").asDouble()).isEqualTo(0.3333); // (0.5 + 0 + 0.5) / 3
    assertThat(deadLetters.isEmpty()).isTrue();
  }

  @Test
  void scoresBecomeEventsOfTheContract() {
    send("door", headers(0), scores(0.5f, 0.1f));
    send("door", headers(1), scores(0.75f, 0.1f));
    send("door", headers(2), scores(0.1f, 0.31f));
    send("door", Map.of("session", "s", "end", "1"), new byte[0]);
    List<TestRecord<String, byte[]>> out = events.readRecordsToList();
    assertThat(out).hasSize(5).allSatisfy(event -> assertThat(event.key()).isEqualTo("door"));
    List<JsonNode> json = out.stream().map(event -> json(event.value())).toList();
    json.forEach(event -> assertThat(SCHEMA.validate(event)).isEmpty());
    assertThat(json)
        .extracting(event -> event.get("label").asText() + " " + event.get("state").asText())
        .containsExactly("dog open", "dog update", "cat open", "dog closed", "cat closed");
    assertThat(json.get(3))
        .isEqualTo(
            json(
                """
                {"id": "%s", "state": "closed", "stream": "door", "label": "dog",
                 "onset": "2023-11-14T22:13:20.000Z", "offset": "2023-11-14T22:13:21.920Z",
                 "onset_uncertainty_ms": 960, "offset_uncertainty_ms": 960,
                 "duration_ms": 1920, "ended_by": "offset", "previous": null, "confidence": 0.75, "mean_confidence": 0.625,
                 "coverage": 0.5, "level_dbfs": -12.5, "model": {"name": "net", "version": "2"},
                 "threshold": 0.5, "top": [
                   {"label": "dog", "score": 0.75}, {"label": "cat", "score": 0.1},
                   {"label": "rain", "score": 0.0}, {"label": "sea", "score": 0.0},
                   {"label": "wind", "score": 0.0}],
                 "why": {"onset": 0.5, "offset": 0.5, "smoothing": "none", "n_of_m": "1 of 1",
                   "min_duration_ms": 0, "merge_gap_ms": 0, "max_duration_ms": null,
                   "cooldown_ms": 0, "floor_dbfs": null, "peak_dbfs": null,
                   "scores": [{"segment": 0, "score": 0.5}, {"segment": 1, "score": 0.75}]}}
                """
                    .formatted(json.get(0).get("id").asText())
                    .getBytes(UTF_8)));
    assertThat(counted).containsExactly("open", "update", "open", "closed", "closed");
  }

  @Test
  void streamsAreTrackedApart() {
    send("door", headers(0), scores(0.5f));
    send("gate", headers(0), scores(0.5f));
    send("door", Map.of("session", "s", "end", "1"), new byte[0]);
    List<JsonNode> json = events.readValuesToList().stream().map(value -> json(value)).toList();
    assertThat(json)
        .extracting(event -> event.get("stream").asText() + " " + event.get("state").asText())
        .containsExactly("door open", "gate open", "door closed");
  }

  @Test
  void aSegmentThatComesTwiceIsDroppedAndCounted() {
    send("door", headers(0), scores(0.5f));
    send("door", headers(0), scores(0.9f));
    assertThat(events.readValuesToList()).hasSize(1);
    assertThat(counted).containsExactly("open", "dropped");
  }

  @Test
  void anotherProcessGoesOnWithTheOpenEvents() {
    send("door", headers(0), scores(0.5f));
    JsonNode opened = json(events.readValue());
    Object kept = driver.getKeyValueStore(EventTopology.STORE).get("door");
    driver.close();
    open();
    driver.getKeyValueStore(EventTopology.STORE).put("door", kept);
    send("door", headers(0), scores(0.5f));
    send("door", headers(1), scores(0f));
    List<byte[]> out = events.readValuesToList();
    assertThat(out).hasSize(1);
    JsonNode closed = json(out.get(0));
    assertThat(closed.get("id")).isEqualTo(opened.get("id"));
    assertThat(closed.get("state").asText()).isEqualTo("closed");
    assertThat(closed.get("offset").asText()).isEqualTo("2023-11-14T22:13:20.960Z");
  }

  /** The clock of this machine, not the capture times, decides. */
  @Test
  void aStreamThatFallsSilentIsClosedAndForgotten() {
    send("door", headers(0), scores(0.5f));
    events.readValuesToList();
    driver.advanceWallClockTime(Duration.ofSeconds(119));
    assertThat(events.isEmpty()).isTrue();
    driver.advanceWallClockTime(Duration.ofSeconds(2));
    TestRecord<String, byte[]> closed = events.readRecord();
    assertThat(closed.timestamp()).isEqualTo(START / 1000 + 960);
    JsonNode event = json(closed.value());
    assertThat(SCHEMA.validate(event)).isEmpty();
    assertThat(event.get("state").asText()).isEqualTo("closed");
    assertThat(event.get("ended_by").asText()).isEqualTo("timeout");
    assertThat(event.get("offset").asText()).isEqualTo("2023-11-14T22:13:20.960Z");
    assertThat(remembered()).isZero();
  }

  @Test
  void aStreamThatHasEndedIsRememberedForReplaysAndThenForgotten() {
    send("door", headers(0), scores(0.5f));
    send("door", Map.of("session", "s", "end", "silent"), new byte[0]);
    assertThat(events.readValuesToList())
        .extracting(event -> json(event).get("ended_by").asText(null))
        .containsExactly(null, "timeout");
    driver.advanceWallClockTime(Duration.ofSeconds(119));
    send("door", headers(0), scores(0.5f));
    assertThat(events.isEmpty()).isTrue();
    driver.advanceWallClockTime(Duration.ofSeconds(2));
    assertThat(remembered()).isZero();
    assertThat(events.isEmpty()).isTrue();
  }

  @Test
  void aTaskThatGoesElsewhereSaysWhichStreamsGoWithIt() {
    send("door", headers(0), scores(0.5f, 0.1f));
    send("yard", headers(0), scores(0.1f));
    driver.advanceWallClockTime(Duration.ofSeconds(100));
    send("yard", headers(1), scores(0.1f));
    driver.advanceWallClockTime(Duration.ofSeconds(30));
    driver.close();
    open();
    assertThat(counted).contains("yard left").doesNotContain("door left");
  }

  @Test
  void endsOfStreamsThatNobodyKnowsLeaveNothing() {
    for (int i = 0; i < 100; i++) {
      send("stream-" + i, Map.of("session", "", "end", "1"), new byte[0]);
    }
    assertThat(remembered()).isZero();
    assertThat(deadLetters.isEmpty()).isTrue();
  }

  @Test
  void tenThousandStreamsAllLeave() {
    for (int i = 0; i < 10_000; i++) {
      send("stream-" + i, headers(0), scores(0f, 0f));
    }
    assertThat(remembered()).isEqualTo(10_000);
    for (int second = 0; second < 121 + 20; second++) {
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }
    assertThat(remembered()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 120", "60, 120", "61, 122", "86400, 172800"})
  void replaysAreKnownForTwoMinutesOrTwiceTheTimeout(long timeout, long seconds) {
    assertThat(EventTopology.kept(Duration.ofSeconds(timeout)))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  /** Every field is required, described and checked; nothing else may stand beside them. */
  @Test
  void theSchemaRefusesWhatIsNoEvent() {
    send("door", headers(0), scores(0.5f));
    ObjectNode event = (ObjectNode) json(events.readValue());
    assertThat(SCHEMA.validate(event)).isEmpty();
    assertThat(event.properties()).hasSize(19);
    for (Map.Entry<String, JsonNode> field : event.properties()) {
      assertThat(invalid(event.deepCopy().without(field.getKey()))).isNotEmpty();
      assertThat(invalid(event.deepCopy().put(field.getKey(), true))).isNotEmpty();
      JsonNode schema = SCHEMA.getSchemaNode().get("properties").get(field.getKey());
      assertThat(schema.path("description").asText()).hasSizeGreaterThan(20);
    }
    assertThat(invalid(event.deepCopy().put("extra", 1))).isNotEmpty();
    assertThat(invalid(event.deepCopy().put("state", "ended"))).isNotEmpty();
    assertThat(invalid(event.deepCopy().put("confidence", 1.1))).isNotEmpty();
    assertThat(invalid(event.deepCopy().put("onset", "yesterday"))).isNotEmpty();
    assertThat(invalid(event.deepCopy().put("stream", "two words"))).isNotEmpty();
  }

  private static Set<ValidationMessage> invalid(JsonNode event) {
    return SCHEMA.validate(event);
  }
}
