package io.earshot.producer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LoopedSourceTest {
  private static final Instant START = Instant.parse("2026-11-28T00:00:00Z");

  @Test
  void theSoundBeginsAgainWhereItIsOver() throws IOException {
    try (LoopedSource source = LoopedSource.open(() -> raw(16_000, 1, 2, 3))) {
      assertThat(read(source, 8)).containsExactly(1, 2, 3, 1, 2, 3, 1, 2);
      assertThat(source.start()).isEqualTo(START);
      assertThat(source.totalFrames()).isEqualTo(-1);
    }
  }

  @Test
  void stopEndsIt() throws IOException {
    try (LoopedSource source = LoopedSource.open(() -> raw(16_000, 1, 2, 3))) {
      assertThat(read(source, 4)).hasSize(4);
      source.stop();
      assertThat(source.read(new float[1])).isEqualTo(-1);
    }
  }

  @Test
  void aSourceWithoutSoundIsOverAtOnce() throws IOException {
    try (LoopedSource source = LoopedSource.open(() -> raw(16_000))) {
      assertThat(source.read(new float[1])).isEqualTo(-1);
      assertThat(source.read(new float[1])).isEqualTo(-1);
    }
  }

  @Test
  void aFileThatWasReplacedByAnotherKindOfSoundEndsIt() throws IOException {
    Queue<AudioSource> turns = new ArrayDeque<>(List.of(raw(16_000, 1), raw(8_000, 2)));
    try (LoopedSource source = LoopedSource.open(turns::remove)) {
      assertThat(read(source, 1)).containsExactly(1);
      assertThatThrownBy(() -> source.read(new float[1]))
          .isInstanceOf(AudioException.class)
          .hasMessage("test: was 16000 Hz, 1 channel; is 8000 Hz, 1 channel now");
    }
  }

  /** So many samples, as the 16-bit integers that {@link #raw} has made them of. */
  private static List<Integer> read(AudioSource source, int count) throws IOException {
    List<Integer> samples = new ArrayList<>();
    float[] one = new float[1];
    while (samples.size() < count) {
      assertThat(source.read(one)).isEqualTo(1);
      samples.add(Math.round(one[0] * 32_768));
    }
    return samples;
  }

  private static AudioSource raw(int rate, int... samples) {
    byte[] pcm = new byte[2 * samples.length];
    for (int i = 0; i < samples.length; i++) {
      pcm[2 * i] = (byte) samples[i];
    }
    AudioShape shape = new AudioShape(rate, 1);
    return new RawSource(new ByteArrayInputStream(pcm), shape, RawEncoding.S16LE, START, "test");
  }
}
