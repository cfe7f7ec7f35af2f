package io.earshot.detector.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.earshot.detector.broker.Topics;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are no scores. */
class EventTopologyDeadLetterTest extends EventTopologyFixture {
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
    "model, other@1, 'scores of model other@1, but this detector runs net@2'",
    "hop_ms, 480, 'segments of a hop of 480 ms, but this detector runs with 960 ms'",
    "hop_ms, x, header hop_ms is no whole number: x"
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
}
