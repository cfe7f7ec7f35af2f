package io.earshot.detector.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames become patches. */
class SegmentTopologyTest extends SegmentTopologyFixture {
  @Test
  void aRecordingBecomesItsPatchesAndAnEndMarker() throws Exception {
    Golden dog = golden("dog.wav");
    send(frames("door", "s", dog.pcm()));
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    assertThat(out).hasSize(6);
    for (int n = 0; n < 5; n++) {
      TestRecord<String, byte[]> patch = out.get(n);
      assertThat(patch.key()).isEqualTo("door");
      assertThat(patch.timestamp()).isEqualTo(T + n * 960L);
      assertThat(headers(patch))
          .startsWith(
              "session=s.1700000000000",
              "index=" + n,
              "start=" + (T + n * 960L) * 1000,
              "coverage=1.0000")
          .endsWith("hop_ms=960", "log_offset=0.001")
          .hasSize(8);
      assertThat(headers(patch).get(4)).matches("rms_dbfs=-\\d{1,2}\\.\\d\\d");
      assertThat(headers(patch).get(5)).matches("envelope=[0-9a-f]{48}");
      golden("dog.wav").assertPatch(n * 96, floats(patch.value()));
    }
    assertEnd(out.get(5), "s.1700000000000");
    assertThat(counts.seen).containsOnly("frame", "patch");
  }

  /** 0.5 is 20 log10(0.5) = -6.02 dBFS; 2,400 of 15,600 samples are a share of 0.1538. */
  @Test
  void aShortStreamIsFilledUpAndSaysHowMuchWasHeard() {
    short[] pcm = new short[2_400];
    Arrays.fill(pcm, (short) 16_384);
    send(frames("door", "", pcm));
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    assertThat(out).hasSize(2);
    // The level is of the 960 ms: -6.02 + 10 log10(2,400 / 15,360).
    assertThat(headers(out.get(0)))
        .containsExactly(
            "session=1700000000000",
            "index=0",
            "start=1700000000000000",
            "coverage=0.1538",
            "rms_dbfs=-14.08",
            // 150 ms are three steps of 40 ms at -6 dBFS and three quarters of one, 1.25 dB less.
            "envelope=0c0c0c0f" + "fe".repeat(20),
            "hop_ms=960",
            "log_offset=0.001");
    assertEnd(out.get(1), "1700000000000");
  }

  @Test
  void floatFramesAreHeardLikeIntegers() throws Exception {
    Golden rain = golden("rain.wav");
    short[] pcm = rain.pcm();
    ByteBuffer floats = ByteBuffer.allocate(pcm.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (short sample : pcm) {
      floats.putFloat(sample / 32768f);
    }
    send(List.of(new Frame("f", "", -1, T, Encoding.F32LE, floats.array(), true)));
    send(List.of(new Frame("i", "", -1, T, Encoding.S16LE, bytes(pcm), true)));
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    assertThat(out).hasSize(12);
    for (int n = 0; n < 6; n++) {
      assertThat(out.get(n).value()).isEqualTo(out.get(n + 6).value());
      assertThat(headers(out.get(n))).isEqualTo(headers(out.get(n + 6)));
    }
  }

  @Test
  void streamsThatInterleaveAreHeardApart() throws Exception {
    List<Frame> dog = frames("dog", "s", golden("dog.wav").pcm());
    List<Frame> rain = frames("dog.2", "s", golden("rain.wav").pcm());
    for (int i = 0; i < dog.size(); i++) {
      send(List.of(dog.get(i), rain.get(i)));
    }
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    assertThat(out).hasSize(12);
    int[] next = {0, 0};
    for (TestRecord<String, byte[]> patch : out.subList(0, 10)) {
      boolean isDog = patch.key().equals("dog");
      golden(isDog ? "dog.wav" : "rain.wav")
          .assertPatch(96 * next[isDog ? 0 : 1]++, floats(patch.value()));
    }
    assertThat(next).containsExactly(5, 5);
  }

  @Test
  void anEndOfAStreamThatNobodyKnowsIsPassedOn() {
    send(List.of(new Frame("door", "s", 7, T, Encoding.S16LE, new byte[0], true)));
    assertEnd(patches.readRecord(), "s");
    assertThat(patches.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5})
  void timesAtTheBeginningOfTheEpochAreTimesToo(long millis) {
    send(List.of(new Frame("door", "", -1, millis, Encoding.S16LE, new byte[32_000], true)));
    TestRecord<String, byte[]> patch = patches.readRecord();
    assertThat(patch.timestamp()).isEqualTo(millis);
    assertThat(headers(patch)).contains("start=" + millis * 1000);
  }
}
