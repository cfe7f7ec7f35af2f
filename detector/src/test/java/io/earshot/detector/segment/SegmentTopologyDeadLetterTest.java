package io.earshot.detector.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.detector.broker.Topics;
import java.util.Arrays;
import java.util.Base64;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no frame. */
class SegmentTopologyDeadLetterTest extends SegmentTopologyFixture {
  @ParameterizedTest
  @CsvSource({
    "encoding, mp3, bad_encoding",
    "rate, 44100, bad_rate",
    "channels, 2, bad_channels",
    "seq, -1, bad_seq",
    "session, a b, bad_session",
    "end, yes, bad_end"
  })
  void aFrameWithABadHeaderIsADeadLetter(String header, String value, String reason) {
    assertDeadLetter("door", new byte[] {1, 2}, header, value, reason);
  }

  @Test
  void badKeysAndBytesAreDeadLetters() {
    assertDeadLetter("two words", new byte[2], "seq", "1", "bad_key");
    assertDeadLetter(null, new byte[2], "seq", "1", "bad_key");
    assertDeadLetter("door", new byte[0], "seq", "1", "empty");
    assertDeadLetter("door", null, "seq", "1", "empty");
    assertDeadLetter("door", new byte[3], "seq", "1", "odd_length");
    assertDeadLetter("door", new byte[(1 << 20) + 2], "seq", "1", "too_long");
    byte[] nan = {0, 0, (byte) 0xc0, 0x7f};
    assertDeadLetter("door", nan, "encoding", "f32le", "not_finite");
  }

  private final long began = System.currentTimeMillis();

  private void assertDeadLetter(
      String key, byte[] value, String header, String text, String reason) {
    in.pipeInput(record("good", new byte[2], "seq", "1"));
    in.pipeInput(record(key, value, header, text));
    TestRecord<String, byte[]> letter = deadLetters.readRecord();
    assertThat(letter.key()).isEqualTo(key);
    assertThat(letter.timestamp()).isBetween(began, System.currentTimeMillis());
    JsonNode json = json(letter.value());
    assertThat(json.get("reason").asText()).isEqualTo(reason);
    assertThat(json.get("message").asText()).startsWith(reason + ": ");
    assertThat(json.get("topic").asText()).isEqualTo(Topics.FRAMES);
    assertThat(json.get("partition").asInt()).isZero();
    assertThat(json.get("offset").asLong()).isEqualTo(sent - 1);
    byte[] sample = value == null ? new byte[0] : Arrays.copyOf(value, Math.min(64, value.length));
    assertThat(Base64.getDecoder().decode(json.get("sample").asText())).isEqualTo(sample);
    assertThat(json.size()).isEqualTo(6);
    assertThat(counts.seen).endsWith(reason);
  }

  private static JsonNode json(byte[] value) {
    try {
      return new ObjectMapper().readTree(value);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
