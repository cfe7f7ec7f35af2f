package io.earshot.producer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.producer.testing.Sound;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RawSourceTest {
  private static final AudioShape STEREO = new AudioShape(8000, 2);

  @Test
  void aLastFrameThatIsNotWholeIsDropped() throws IOException {
    byte[] bytes = HexFormat.of().parseHex("00400080" + "00c00000" + "ff7fff");
    assertThat(read(new ByteArrayInputStream(bytes))).containsExactly(0.5f, -1, -0.5f, 0);
  }

  @Test
  void bytesMayComeOneByOne() throws IOException {
    byte[] bytes = HexFormat.of().parseHex("00400080" + "00c00000");
    InputStream slow =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] into, int from, int count) {
            return super.read(into, from, Math.min(1, count));
          }
        };
    assertThat(read(slow)).containsExactly(0.5f, -1, -0.5f, 0);
  }

  @Test
  void aBrokenPipeIsNamed() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(AudioException.class)
        .hasMessage("standard input: Broken pipe");
  }

  @Test
  void aReadThatWaitsForBytesEndsWhenTheSourceIsStopped() throws Exception {
    try (PipedOutputStream silent = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(silent);
        RawSource source =
            new RawSource(in, STEREO, RawEncoding.S16LE, Instant.EPOCH, "standard input")) {
      silent.write(HexFormat.of().parseHex("00400080"));
      float[] block = new float[8];
      assertThat(source.read(block)).isEqualTo(2);
      CompletableFuture<Integer> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return source.read(block);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      source.stop();
      assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
    }
  }

  @Test
  void encodingsHaveNames() {
    assertThat(RawEncoding.of("S24LE")).isEqualTo(RawEncoding.S24LE);
    assertThatThrownBy(() -> RawEncoding.of("mp3"))
        .hasMessage(
            "unknown encoding 'mp3', allowed: u8, s8, s16le, s16be, s24le, s32le, f32le, f64le");
  }

  private static float[] read(InputStream in) throws IOException {
    AudioSource source =
        new RawSource(in, STEREO, RawEncoding.S16LE, Instant.EPOCH, "standard input");
    return Sound.of(source).samples();
  }
}
