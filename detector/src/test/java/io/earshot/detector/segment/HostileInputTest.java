package io.earshot.detector.segment;

import static io.earshot.detector.segment.FrameStage.T;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.earshot.detector.broker.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/**
 * Every kind of record that is no frame, each between the frames of two good streams, whose patches
 * are those of a run without them, bit for bit.
 */
class HostileInputTest {
  private static final List<String> GOOD = List.of("door", "yard");
  private static final int FRAMES = 120;

  /**
   * @param reason of the dead letter; empty for what is taken as a frame
   */
  private record Case(String reason, byte[] key, byte[] value, Headers headers, long timestamp) {
    TestRecord<byte[], byte[]> record() {
      TestRecord<byte[], byte[]> record =
          new TestRecord<>(key, value, null, Math.max(0, timestamp));
      headers.forEach(record.headers()::add);
      return record;
    }
  }

  @Test
  void badRecordsBecomeDeadLettersAndGoodStreamsAreUnharmed() {
    List<Case> hostile = cases().toList();
    try (FrameStage stage = new FrameStage()) {
      List<String> heard = new ArrayList<>();
      long offset = 0;
      for (int i = 0; i < FRAMES; i++) {
        offset += sendGood(stage, i);
        Case bad = hostile.get(i % hostile.size());
        stage.send(bad.record());
        assertTreated(stage, bad, offset++);
        stage.patches().stream()
            .filter(patch -> GOOD.contains(patch.key()))
            .map(FrameStage::content)
            .forEach(heard::add);
      }
      assertThat(FRAMES).isGreaterThan(2 * hostile.size());
      assertThat(heard).isEqualTo(undisturbed()).hasSizeGreaterThan(20);
    }
  }

  private static void assertTreated(FrameStage stage, Case bad, long offset) {
    List<JsonNode> letters = stage.deadLetters();
    if (bad.reason.isEmpty()) {
      assertThat(letters).as("%s", bad).isEmpty();
      return;
    }
    assertThat(letters).as("%s", bad).hasSize(1);
    JsonNode letter = letters.get(0);
    assertThat(letter.get("reason").asText()).isEqualTo(bad.reason);
    assertThat(letter.get("message").asText())
        .startsWith(bad.reason + ": ")
        .contains("allowed: ")
        .hasSizeLessThan(200)
        .matches("[\\x20-\\x7e]*");
    assertThat(letter.get("topic").asText()).isEqualTo(Topics.FRAMES);
    assertThat(letter.get("partition").asInt()).isZero();
    assertThat(letter.get("offset").asLong()).isEqualTo(offset);
    byte[] value = bad.value == null ? new byte[0] : bad.value;
    assertThat(Base64.getDecoder().decode(letter.get("sample").asText()))
        .isEqualTo(Arrays.copyOf(value, Math.min(64, value.length)));
  }

  private static Stream<Case> cases() {
    byte[] pcm = new byte[64];
    byte[] key = bytes("good-key");
    return Stream.of(
        new Case("bad_key", null, pcm, headers(), T),
        new Case("bad_key", new byte[0], pcm, headers(), T),
        new Case("bad_key", bytes("two words"), pcm, headers(), T),
        new Case("bad_key", "t\u00fcr".getBytes(UTF_8), pcm, headers(), T),
        new Case("bad_key", HexFormat.of().parseHex("fffe80c328"), pcm, headers(), T),
        new Case("bad_key", new byte[2_000_000], pcm, headers(), T),
        new Case("empty", key, null, headers(), T),
        new Case("empty", key, new byte[0], headers(), T),
        new Case("odd_length", key, new byte[3], headers(), T),
        new Case("odd_length", key, new byte[6], headers("encoding", "f32le"), T),
        new Case("too_long", key, new byte[320_002], headers(), T),
        new Case("too_long", key, new byte[10_000_000], headers(), T),
        new Case("too_long", key, new byte[10_000_001], headers("encoding", "f32le"), T),
        new Case("bad_encoding", key, pcm, headers("encoding", "mp3"), T),
        new Case("bad_encoding", key, pcm, headers("encoding", "x".repeat(100_000)), T),
        new Case("bad_encoding", key, pcm, headers("encoding", "\u0000\n\u00ff"), T),
        new Case("bad_encoding", key, pcm, new RecordHeaders().add("encoding", null), T),
        new Case("bad_rate", key, pcm, headers("rate", "44100"), T),
        new Case("bad_channels", key, pcm, headers("channels", "2"), T),
        new Case("bad_seq", key, pcm, headers("seq", "-1"), T),
        new Case("bad_seq", key, pcm, headers("seq", "9223372036854775808"), T),
        new Case("bad_seq", key, pcm, headers("seq", "1e3"), T),
        new Case("bad_session", key, pcm, headers("session", "a b"), T),
        new Case("bad_session", key, pcm, headers("session", "s".repeat(65)), T),
        new Case("bad_end", key, pcm, headers("end", "yes"), T),
        new Case("not_finite", key, floats("0000c07f"), headers("encoding", "f32le"), T),
        new Case("not_finite", key, floats("0000807f"), headers("encoding", "f32le"), T),
        new Case("not_finite", key, floats("000080ff"), headers("encoding", "f32le"), T),
        new Case("out_of_range", key, floats("caf24971"), headers("encoding", "f32le"), T),
        new Case("bad_timestamp", key, pcm, headers(), 253_370_764_800_000L),
        new Case("bad_timestamp", key, pcm, headers(), Long.MAX_VALUE),
        // What only looks bad.
        new Case("", key, pcm, headers("seq", "9223372036854775807"), T),
        new Case("", key, pcm, headers("earshot-negative-timestamp", "soon"), T + 100),
        new Case("", key, pcm, new RecordHeaders().add("earshot-negative-timestamp", null), T),
        new Case("", bytes("stranger"), new byte[2], headers("end", "1"), T),
        new Case("", bytes("nobody"), null, headers("end", "1"), T),
        new Case("", bytes("past"), pcm, headers(), 0),
        new Case("", bytes("future"), pcm, headers(), 253_370_764_799_999L));
  }

  private static List<String> undisturbed() {
    try (FrameStage stage = new FrameStage()) {
      for (int i = 0; i < FRAMES; i++) {
        sendGood(stage, i);
      }
      return stage.patches().stream().map(FrameStage::content).toList();
    }
  }

  private static int sendGood(FrameStage stage, int i) {
    GOOD.forEach(stream -> stage.send(FrameStage.frame(stream, "s", i, T + i * 100L)));
    return GOOD.size();
  }

  private static byte[] floats(String secondSample) {
    return HexFormat.of().parseHex("0000003f" + secondSample);
  }

  private static Headers headers() {
    return new RecordHeaders();
  }

  private static Headers headers(String name, String value) {
    return new RecordHeaders().add(name, value.getBytes(ISO_8859_1));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
