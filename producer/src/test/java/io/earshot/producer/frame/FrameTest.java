package io.earshot.producer.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.producer.frame.BadFrameException.Reason;
import java.time.Instant;
import java.util.HexFormat;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
  private static final byte[] KEY = "door".getBytes(UTF_8);
  private static final byte[] PCM = HexFormat.of().parseHex("0080ff7f0000");

  @Test
  void aBareRecordIsSixteenBitSound() throws BadFrameException {
    Frame frame = Frame.read(KEY, PCM, new RecordHeaders(), 5);
    assertThat(frame).isEqualTo(new Frame("door", "", -1, 5, Encoding.S16LE, PCM, false));
    float[] samples = new float[4];
    frame.decode(samples, 1);
    assertThat(samples).containsExactly(0, -1, 32767 / 32768f, 0);
    assertThat(frame.samples()).isEqualTo(3);
    assertThat(frame.durationMicros()).isEqualTo(187); // 3 / 16000 s
  }

  @Test
  void floatsComeAsTheyAre() throws BadFrameException {
    byte[] value = HexFormat.of().parseHex("0000c03f000080be"); // 1.5, -0.25
    Frame frame = Frame.read(KEY, value, headers("encoding", "f32le"), 0);
    float[] samples = new float[2];
    frame.decode(samples, 0);
    assertThat(samples).containsExactly(1.5f, -0.25f);
  }

  @ParameterizedTest
  @CsvSource({
    "true, 0, s-1, S16LE",
    "false, -1, '', S16LE",
    "false, 9223372036854775807, x, F32LE"
  })
  void aRecordReadsBackAsTheSameFrame(boolean end, long seq, String session, Encoding encoding)
      throws BadFrameException {
    Frame frame = new Frame("door", session, seq, 1234567890123L, encoding, new byte[8], end);
    ProducerRecord<byte[], byte[]> record = frame.toRecord("frames");
    assertThat(record.topic()).isEqualTo("frames");
    assertThat(record.timestamp()).isEqualTo(1234567890123L);
    assertThat(record.headers().toArray()).hasSize(3 + (end ? 1 : 0) + (seq < 0 ? 0 : 2));
    assertThat(Frame.read(record.key(), record.value(), record.headers(), record.timestamp()))
        .isEqualTo(frame);
  }

  @Test
  void onlyTheLastFrameMayBeEmptyAndNullIsEmpty() throws BadFrameException {
    assertThat(Frame.read(KEY, null, headers("end", "1"), 0).samples()).isZero();
    assertRefused(Reason.EMPTY, KEY, null, new RecordHeaders(), 0);
    assertRefused(Reason.EMPTY, KEY, new byte[0], new RecordHeaders(), 0);
  }

  @ParameterizedTest
  @CsvSource({
    "encoding, S16LE, BAD_ENCODING, 's16le, f32le'",
    "encoding, mp3, BAD_ENCODING, 's16le, f32le'",
    "rate, 44100, BAD_RATE, 16000",
    "rate, '', BAD_RATE, 16000",
    "channels, 2, BAD_CHANNELS, allowed: 1",
    "seq, -1, BAD_SEQ, from 0",
    "seq, +5, BAD_SEQ, from 0",
    "seq, 9223372036854775808, BAD_SEQ, from 0",
    "seq, 1.0, BAD_SEQ, from 0",
    "session, a b, BAD_SESSION, 1 to 64 of A-Za-z0-9._-",
    "session, '', BAD_SESSION, 1 to 64 of A-Za-z0-9._-",
    "end, 0, BAD_END, allowed: 1",
    "end, true, BAD_END, allowed: 1"
  })
  void aBadHeaderIsRefusedWithWhatIsAllowed(
      String name, String value, Reason reason, String allowed) {
    assertRefused(reason, KEY, PCM, headers(name, value), 0).hasMessageContaining(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "tür", "a/b", "a\nb"})
  void aBadKeyIsRefused(String key) {
    assertRefused(Reason.BAD_KEY, key.getBytes(UTF_8), PCM, new RecordHeaders(), 0);
  }

  @Test
  void keysEndAt128Characters() throws BadFrameException {
    byte[] longest = "x".repeat(128).getBytes(UTF_8);
    assertThat(Frame.read(longest, PCM, new RecordHeaders(), 0).stream()).hasSize(128);
    byte[] tooLong = "x".repeat(129).getBytes(UTF_8);
    assertRefused(Reason.BAD_KEY, tooLong, PCM, new RecordHeaders(), 0);
    assertRefused(Reason.BAD_KEY, null, PCM, new RecordHeaders(), 0);
  }

  @Test
  void badBytesAreRefused() throws BadFrameException {
    assertRefused(Reason.ODD_LENGTH, KEY, new byte[3], new RecordHeaders(), 0);
    assertRefused(Reason.ODD_LENGTH, KEY, new byte[6], headers("encoding", "f32le"), 0);
    for (String hex : new String[] {"0000c07f", "0000807f", "000080ff"}) { // NaN, +-infinity
      byte[] value = HexFormat.of().parseHex(hex);
      assertRefused(Reason.NOT_FINITE, KEY, value, headers("encoding", "f32le"), 0);
    }
  }

  @Test
  void floatsThatNoSpectrumCouldHoldAreRefused() throws BadFrameException {
    byte[] million = HexFormat.of().parseHex("00247449"); // 1e6
    assertThat(Frame.read(KEY, million, headers("encoding", "f32le"), 0).samples()).isOne();
    for (String hex : new String[] {"01247449", "012474c9", "caf24971"}) { // +-1e6 + 1/16, 1e30
      byte[] value = HexFormat.of().parseHex(hex);
      assertRefused(Reason.OUT_OF_RANGE, KEY, value, headers("encoding", "f32le"), 0);
    }
  }

  /** 10 s are 160,000 samples of two or four bytes. */
  @Test
  void aFrameHoldsTenSeconds() throws BadFrameException {
    Headers floats = headers("encoding", "f32le");
    assertThat(Frame.read(KEY, new byte[320_000], new RecordHeaders(), 0).samples())
        .isEqualTo(160_000);
    assertThat(Frame.read(KEY, new byte[640_000], floats, 0).samples()).isEqualTo(160_000);
    assertRefused(Reason.TOO_LONG, KEY, new byte[320_002], new RecordHeaders(), 0);
    assertRefused(Reason.TOO_LONG, KEY, new byte[640_004], floats, 0);
    assertRefused(Reason.TOO_LONG, KEY, new byte[10_000_001], new RecordHeaders(), 0);
  }

  @Test
  void captureTimesAreFrom1970ToTheYear9998() throws BadFrameException {
    long last = Instant.parse("9998-12-31T23:59:59.999Z").toEpochMilli();
    assertThat(Frame.read(KEY, PCM, new RecordHeaders(), last).captureMillis()).isEqualTo(last);
    for (long millis : new long[] {last + 1, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
      assertRefused(Reason.BAD_TIMESTAMP, KEY, PCM, new RecordHeaders(), millis)
          .hasMessageContaining("from 0 to the year 9998");
    }
  }

  @Test
  void reasonsHaveStableNames() {
    assertThat(Reason.values())
        .extracting(Reason::code)
        .containsExactly(
            "bad_key",
            "empty",
            "odd_length",
            "bad_encoding",
            "bad_rate",
            "bad_channels",
            "bad_seq",
            "bad_session",
            "bad_end",
            "not_finite",
            "out_of_range",
            "too_long",
            "bad_timestamp");
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(
      Reason reason, byte[] key, byte[] value, Headers headers, long timestamp) {
    return assertThatThrownBy(() -> Frame.read(key, value, headers, timestamp))
        .isInstanceOfSatisfying(
            BadFrameException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageStartingWith(reason.code() + ": ")
        .hasMessageNotContainingAny("\n", "\r");
  }

  private static Headers headers(String name, String value) {
    return new RecordHeaders().add(name, value.getBytes(UTF_8));
  }
}
