package io.earshot.detector.event;

import static io.earshot.detector.event.RuleBuilder.rule;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** What becomes no event, and how events are decided, as it is published. */
class CandidateTopologyTest extends EventTopologyFixture {
  private static final JsonSchema SCHEMA = schema("candidate.schema.json");
  private static final JsonSchema EVENT_SCHEMA = schema("event.schema.json");

  @Override
  EventRules rules() {
    return new EventRules(
        new Event.Model("net", "2"),
        List.of(
            rule("dog", 0.5f).smoothing(Smoothing.Kind.MEDIAN, 3).max(60_000).build(),
            rule("cat", 0.5f).barred(Candidate.Reason.DENIED).build(),
            rule("rain", 0.5f).min(2_000).build(),
            rule("sea", 0.5f).build(),
            rule("wind", 0.5f).build(),
            rule("fire", EventRules.NEVER).build()),
        960,
        new EventRules.Loud(
            rule("loud_sound", 0.5f).build(), new LoudSoundRules(15, 1, 20, 0.96, -70)));
  }

  @Test
  void candidatesAreOfTheirContract() {
    send("door", headers(0), scores(0f, 0.5f, 0.8f, 0.25f, 0f, 1f));
    assertThat(candidates.isEmpty()).isTrue();
    send("door", headers(1), scores(0f, 0f, 0f, 0f, 0f, 1f));
    List<TestRecord<String, byte[]>> out = candidates.readRecordsToList();
    assertThat(out).allSatisfy(record -> assertThat(record.key()).isEqualTo("door"));
    List<JsonNode> json = out.stream().map(record -> json(record.value())).toList();
    json.forEach(candidate -> assertThat(SCHEMA.validate(candidate)).isEmpty());
    assertThat(json)
        .extracting(it -> it.get("label").asText() + " " + it.get("reason").asText())
        .containsExactly("cat denied", "rain too_short", "sea below_onset");
    assertThat(json.get(2))
        .isEqualTo(
            json(
                """
                {"id": "%s", "reason": "below_onset", "stream": "door", "label": "sea",
                 "onset": "2023-11-14T22:13:20.000Z", "offset": "2023-11-14T22:13:20.960Z",
                 "duration_ms": 960, "confidence": 0.25, "threshold": 0.5,
                 "scores": [{"segment": 0, "score": 0.25}],
                 "model": {"name": "net", "version": "2"}}
                """
                    .formatted(json.get(2).get("id").asText())
                    .getBytes(UTF_8)));
    assertThat(counted).containsExactly("denied", "too_short", "below_onset");
    assertThat(events.isEmpty()).isTrue();
  }

  /** Its record would be looked for behind those that came before it. */
  @Test
  void aCandidateThatAClockSetBackEndsIsFoundByItsTime() {
    send("door", headers(100), scores(0f, 0f, 0f, 0.25f));
    Map<String, String> earlier = headers(0);
    earlier.put("session", "later");
    send("door", earlier, scores(0f));
    TestRecord<String, byte[]> out = candidates.readRecord();
    assertThat(json(out.value()).get("onset").asText()).isEqualTo("2023-11-14T22:14:56.000Z");
    assertThat(out.timestamp()).isEqualTo(START / 1_000 + 96_000);
  }

  /** Every field is required, described and checked; nothing else may stand beside them. */
  @Test
  void theSchemaRefusesWhatIsNoCandidate() {
    send("door", headers(0), scores(0f, 0f, 0f, 0.25f));
    send("door", headers(1), scores(0f));
    ObjectNode candidate = (ObjectNode) json(candidates.readValue());
    assertThat(SCHEMA.validate(candidate)).isEmpty();
    assertThat(candidate.properties()).hasSize(11);
    for (Map.Entry<String, JsonNode> field : candidate.properties()) {
      assertThat(SCHEMA.validate(candidate.deepCopy().without(field.getKey()))).isNotEmpty();
      assertThat(SCHEMA.validate(candidate.deepCopy().put(field.getKey(), true))).isNotEmpty();
      JsonNode schema = SCHEMA.getSchemaNode().get("properties").get(field.getKey());
      assertThat(schema.path("description").asText()).hasSizeGreaterThan(20);
    }
    assertThat(SCHEMA.validate(candidate.deepCopy().put("extra", 1))).isNotEmpty();
    assertThat(SCHEMA.validate(candidate.deepCopy().put("reason", "bored"))).isNotEmpty();
  }

  @Test
  void anEventOfSmoothedScoresTellsBoth() {
    for (int index = 0; index < 3; index++) {
      send("door", headers(index), scores(0.5f + index / 10f));
    }
    JsonNode event = json(events.readValue());
    assertThat(EVENT_SCHEMA.validate(event)).isEmpty();
    assertThat(event.at("/why/scores").toString())
        .isEqualTo("[{\"segment\":1,\"score\":0.6,\"smoothed\":0.5}]");
    assertThat(event.at("/why/max_duration_ms").asLong()).isEqualTo(60_000);
  }

  /** -50 dBFS is learnt; -20 is 30 dB above it, twice the margin. */
  @Test
  void aLoudSoundNeedsNoModelAndNoScores() {
    send("door", withEnvelope(0, "64".repeat(24)), scores(0f));
    Map<String, String> loud = withEnvelope(1, "64".repeat(10) + "28".repeat(14));
    loud.put("unscored", "failed");
    send("door", loud, new byte[0]);
    send("door", withEnvelope(2, "64".repeat(24)), scores(0.1f));
    List<JsonNode> json = events.readValuesToList().stream().map(value -> json(value)).toList();
    json.forEach(event -> assertThat(EVENT_SCHEMA.validate(event)).isEmpty());
    assertThat(json)
        .extracting(it -> it.get("label").asText() + " " + it.get("state").asText())
        .containsExactly("loud_sound open", "loud_sound closed");
    JsonNode closed = json.get(1);
    assertThat(closed.at("/why/floor_dbfs").asDouble()).isEqualTo(-50);
    assertThat(closed.at("/why/peak_dbfs").asDouble()).isEqualTo(-20);
    assertThat(closed.get("confidence").asDouble()).isEqualTo(1);
    assertThat(closed.at("/top/0/label").asText()).isEqualTo("loud_sound");
    // The tenth step of the second segment, and the end of that segment.
    assertThat(closed.get("onset").asText()).isEqualTo("2023-11-14T22:13:21.360Z");
    assertThat(closed.get("onset_uncertainty_ms").asInt()).isEqualTo(40);
    assertThat(closed.get("offset").asText()).isEqualTo("2023-11-14T22:13:21.920Z");
    assertThat(closed.get("offset_uncertainty_ms").asInt()).isEqualTo(40);
  }

  private static Map<String, String> withEnvelope(int index, String envelope) {
    Map<String, String> headers = new HashMap<>(headers(index));
    headers.put("coverage", "1.0000");
    headers.put("envelope", envelope);
    return headers;
  }
}
