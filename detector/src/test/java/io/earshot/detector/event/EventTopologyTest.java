package io.earshot.detector.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.earshot.detector.broker.PromptCommits;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTopologyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START = 1_700_000_000_000_000L;
  private static final JsonSchema SCHEMA = schema();

  private final List<String> counted = new ArrayList<>();
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> in;
  private TestOutputTopic<String, byte[]> events;
  private TestOutputTopic<String, byte[]> deadLetters;

  @BeforeEach
  void open() {
    Topology topology = new Topology();
    EventRules rules = EventTrackerTest.rules(new Event.Model("net", "2"));
    EventTopology.addTo(topology, rules, Duration.ofSeconds(60), PromptCommits.NONE, new Counts());
    driver = new TopologyTestDriver(topology);
    var bytes = new ByteArraySerializer();
    in = driver.createInputTopic(Topics.SCORES, bytes, bytes);
    var text = new StringDeserializer();
    events = driver.createOutputTopic(Topics.EVENTS, text, new ByteArrayDeserializer());
    deadLetters = driver.createOutputTopic(Topics.DEAD_LETTERS, text, new ByteArrayDeserializer());
  }

  @AfterEach
  void close() {
    driver.close();
  }

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
                 "duration_ms": 1920, "confidence": 0.75, "mean_confidence": 0.625,
                 "coverage": 0.5, "level_dbfs": -12.5, "model": {"name": "net", "version": "2"},
                 "threshold": 0.5, "top": [
                   {"label": "dog", "score": 0.75}, {"label": "cat", "score": 0.1},
                   {"label": "rain", "score": 0.0}, {"label": "sea", "score": 0.0},
                   {"label": "wind", "score": 0.0}]}
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

  @ParameterizedTest
  @ValueSource(strings = {"session", "index", "start", "coverage", "rms_dbfs", "model"})
  void aMissingHeaderMakesADeadLetter(String header) {
    Map<String, String> headers = headers(0);
    headers.remove(header);
    assertDeadLetter(headers, scores(0.5f), "header " + header + " is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "index, one, header index is no whole number: one",
    "start, 1.5, header start is no whole number: 1.5",
    "index, -1, header index is out of range: -1",
    "index, 9223372036854775808, header index is no whole number: 9223372036854775808",
    "start, 253402300800000000, header start is out of range: 253402300800000000",
    "start, -9223372036854775808, header start is out of range: -9223372036854775808",
    "session, two words, header session is no run: two words",
    "coverage, all, header coverage is no number: all",
    "coverage, NaN, header coverage is out of range: NaN",
    "coverage, 1.01, header coverage is out of range: 1.01",
    "rms_dbfs, -Infinity, header rms_dbfs is out of range: -Infinity",
    "model, other@1, 'scores of model other@1, but this detector runs net@2'"
  })
  void aWrongHeaderMakesADeadLetter(String header, String value, String message) {
    Map<String, String> headers = headers(0);
    headers.put(header, value);
    assertDeadLetter(headers, scores(0.5f), message);
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "-Infinity", "1.1", "-0.1"})
  void scoresThatAreNoneMakeADeadLetter(float score) {
    assertDeadLetter(headers(0), scores(0.5f, score), "scores hold " + score + ", allowed: 0 to 1");
  }

  @Test
  void whatAStrangerWroteIsShownInOneShortLine() {
    Map<String, String> headers = headers(0);
    headers.put("model", "\n" + "x".repeat(100_000));
    String shown = "?" + "x".repeat(79) + "...";
    assertDeadLetter(
        headers, scores(0.5f), "scores of model " + shown + ", but this detector runs net@2");
  }

  @Test
  void aKeyThatIsNoStreamIdMakesADeadLetter() {
    send("two words", headers(0), scores(0.5f));
    assertThat(json(deadLetters.readValue()).get("message").asText())
        .isEqualTo("key is no stream id: two words");
    send("k".repeat(2_000_000), headers(0), scores(0.5f));
    TestRecord<String, byte[]> letter = deadLetters.readRecord();
    assertThat(letter.key()).hasSize(128);
    assertThat(letter.value()).hasSizeLessThan(500);
    assertThat(events.isEmpty()).isTrue();
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
    assertThat(event.get("offset").asText()).isEqualTo("2023-11-14T22:13:20.960Z");
    assertThat(remembered()).isZero();
  }

  @Test
  void aStreamThatHasEndedIsRememberedForReplaysAndThenForgotten() {
    send("door", headers(0), scores(0.5f));
    send("door", Map.of("session", "s", "end", "silent"), new byte[0]);
    assertThat(events.readValuesToList()).hasSize(2);
    driver.advanceWallClockTime(Duration.ofSeconds(119));
    send("door", headers(0), scores(0.5f));
    assertThat(events.isEmpty()).isTrue();
    driver.advanceWallClockTime(Duration.ofSeconds(2));
    assertThat(remembered()).isZero();
    assertThat(events.isEmpty()).isTrue();
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

  @Test
  void scoresOfTheWrongSizeMakeADeadLetter() {
    assertDeadLetter(headers(0), new byte[20], "scores have 20 bytes, not 24");
    assertDeadLetter(headers(0), new byte[28], "scores have 28 bytes, not 24");
    assertDeadLetter(headers(0), null, "scores have 0 bytes, not 24");
  }

  @Test
  void scoresWithoutAKeyMakeADeadLetter() {
    send(null, headers(0), scores(0.5f));
    assertThat(json(deadLetters.readValue()).get("message").asText()).isEqualTo("key is missing");
    assertThat(events.isEmpty()).isTrue();
  }

  @Test
  void anEndWithoutASessionMakesADeadLetter() {
    assertDeadLetter(Map.of("end", "1"), new byte[0], "header session is missing");
  }

  /** Every field is required, described and checked; nothing else may stand beside them. */
  @Test
  void theSchemaRefusesWhatIsNoEvent() {
    send("door", headers(0), scores(0.5f));
    ObjectNode event = (ObjectNode) json(events.readValue());
    assertThat(SCHEMA.validate(event)).isEmpty();
    assertThat(event.properties()).hasSize(14);
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

  private void assertDeadLetter(Map<String, String> headers, byte[] value, String message) {
    counted.clear();
    send("door", headers, value);
    TestRecord<String, byte[]> letter = deadLetters.readRecord();
    assertThat(letter.key()).isEqualTo("door");
    JsonNode json = json(letter.value());
    assertThat(json.get("reason").asText()).isEqualTo("bad_scores");
    assertThat(json.get("message").asText()).isEqualTo(message);
    assertThat(json.get("topic").asText()).isEqualTo(Topics.SCORES);
    assertThat(json.get("partition").asInt()).isZero();
    assertThat(json.get("offset").asLong()).isEqualTo(sent - 1);
    assertThat(events.isEmpty()).isTrue();
    assertThat(counted).containsExactly("bad_scores");
  }

  private long sent;

  private void send(String key, Map<String, String> headers, byte[] value) {
    sent++;
    byte[] keyBytes = key == null ? null : key.getBytes(UTF_8);
    TestRecord<byte[], byte[]> record = new TestRecord<>(keyBytes, value, null, START / 1000);
    headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
    in.pipeInput(record);
  }

  private int remembered() {
    int count = 0;
    try (var all = driver.getKeyValueStore(EventTopology.STORE).all()) {
      for (; all.hasNext(); all.next()) {
        count++;
      }
    }
    return count;
  }

  private static Map<String, String> headers(int index) {
    return new TreeMap<>(
        Map.of(
            "session", "s",
            "index", Integer.toString(index),
            "start", Long.toString(START + index * 960_000L),
            "coverage", "0.5000",
            "rms_dbfs", "-12.50",
            "model", "net@2"));
  }

  private static byte[] scores(float... first) {
    ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(first);
    return bytes.array();
  }

  private static JsonNode json(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonSchema schema() {
    try (InputStream in = Files.newInputStream(Path.of("../config/event.schema.json"))) {
      SchemaValidatorsConfig checked =
          SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in, checked);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private final class Counts implements PipelineMetrics {
    @Override
    public void deadLetter(String reason) {
      counted.add(reason);
    }

    @Override
    public void segmentDropped(String stream) {
      counted.add("dropped");
    }

    @Override
    public void event(String stream, String label, String state) {
      counted.add(state);
    }
  }
}
