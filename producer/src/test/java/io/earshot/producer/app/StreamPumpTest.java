package io.earshot.producer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earshot.producer.frame.Frame;
import io.earshot.producer.publish.FrameSink;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.AudioSource;
import io.earshot.producer.source.RawEncoding;
import io.earshot.producer.source.RawSource;
import io.earshot.producer.stream.Pace;
import io.earshot.producer.testing.Tone;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class StreamPumpTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.006999Z");
  private final List<Frame> frames = new ArrayList<>();
  private final List<Long> progress = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1599, 1600, 1601, 4000, 16_000})
  void sixteenKilohertzPassesByteForByteInFramesOf100Ms(int samples) throws IOException {
    byte[] pcm = noise(samples);
    assertThat(pump(source(pcm, 16_000, 1), Pace.FAST).run()).isEqualTo(samples);
    assertThat(joined()).isEqualTo(pcm);
    assertThat(frames).hasSize(samples / 1600 + 1);
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      boolean last = i == frames.size() - 1;
      assertThat(frame.stream()).isEqualTo("door");
      assertThat(frame.session()).isEqualTo("s1");
      assertThat(frame.seq()).isEqualTo(i);
      assertThat(frame.end()).isEqualTo(last);
      assertThat(frame.samples()).isEqualTo(last ? samples % 1600 : 1600);
      // 6.999 ms are floored; frames of 100 ms keep the fraction.
      assertThat(frame.captureMillis()).isEqualTo(START.toEpochMilli() + 100L * i);
    }
  }

  @Test
  void anyShapeBecomesMonoAtSixteenKilohertz() throws IOException {
    float[] tone = Tone.sine(44_100, 1000, 88_200);
    ByteBuffer stereo = ByteBuffer.allocate(tone.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : tone) {
      stereo.putFloat(2 * sample).putFloat(0);
    }
    AudioSource source =
        new RawSource(
            new ByteArrayInputStream(stereo.array()),
            new AudioShape(44_100, 2),
            RawEncoding.F32LE,
            START,
            "tone");
    assertThat(pump(source, Pace.FAST).run()).isEqualTo(32_000);
    float[] out = new float[32_000];
    int at = 0;
    for (Frame frame : frames) {
      frame.decode(out, at);
      at += frame.samples();
    }
    Tone heard = Tone.fit(out, 1000, 16_000, 1000, 31_000);
    assertThat(heard.amplitude()).isCloseTo(0.5, within(1e-4));
    assertThat(heard.delaySamples()).isCloseTo(0, within(0.01));
    assertThat(heard.snrDecibels()).as("16 bits").isGreaterThan(85);
    assertThat(progress).isSorted().endsWith(88_200L);
  }

  @Test
  void whatWasReadBeforeAFailureIsPublished() {
    byte[] pcm = noise(2000);
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }
        };
    AudioSource source =
        new RawSource(
            new SequenceInputStream(new ByteArrayInputStream(pcm), broken),
            new AudioShape(16_000, 1),
            RawEncoding.S16LE,
            START,
            "cable");
    assertThatThrownBy(() -> pump(source, Pace.FAST).run()).hasMessage("cable: gone");
    assertThat(joined()).isEqualTo(pcm);
    assertThat(frames.get(1).end()).isTrue();
  }

  @Test
  void realTimeNeitherRunsAheadNorDrifts() throws IOException {
    long before = System.nanoTime();
    List<Long> lateMicros = new ArrayList<>();
    FrameSink sink =
        frame -> {
          frames.add(frame);
          long due = frames.stream().mapToLong(Frame::durationMicros).sum();
          lateMicros.add((System.nanoTime() - before) / 1000 - due);
        };
    new StreamPump("door", "s1", source(noise(8800), 16_000, 1), sink, Pace.REALTIME, n -> {})
        .run();
    assertThat(frames).hasSize(6);
    assertThat(lateMicros).allSatisfy(late -> assertThat(late).isBetween(0L, 300_000L));
  }

  @Test
  void stoppingEndsTheStreamWithinAFrame() throws Exception {
    StreamPump pump = pump(source(noise(16_000 * 60), 16_000, 1), Pace.REALTIME);
    CompletableFuture<Long> run =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return pump.run();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    TimeUnit.MILLISECONDS.sleep(250);
    long stop = System.nanoTime();
    pump.stop();
    assertThat(run.get(5, TimeUnit.SECONDS)).isBetween(1600L, 16_000L);
    assertThat(Duration.ofNanos(System.nanoTime() - stop)).isLessThan(Duration.ofSeconds(1));
    assertThat(frames.get(frames.size() - 1).end()).isTrue();
    assertThat(frames.stream().filter(Frame::end)).hasSize(1);
  }

  @Test
  void aSinkThatFailsEndsTheRun() {
    FrameSink broken =
        frame -> {
          throw new IOException("no broker");
        };
    AudioSource source = source(noise(5000), 16_000, 1);
    assertThatThrownBy(() -> new StreamPump("door", "s1", source, broken, Pace.FAST, n -> {}).run())
        .hasMessage("no broker");
  }

  @Test
  void sessionsAreShortValidAndNew() {
    assertThat(List.of(Sessions.next(), Sessions.next(), Sessions.next()))
        .doesNotHaveDuplicates()
        .allSatisfy(session -> assertThat(session).matches("[0-9a-z]{13}"));
  }

  private StreamPump pump(AudioSource source, Pace pace) {
    return new StreamPump("door", "s1", source, frames::add, pace, progress::add);
  }

  private static AudioSource source(byte[] pcm, int rate, int channels) {
    return new RawSource(
        new ByteArrayInputStream(pcm),
        new AudioShape(rate, channels),
        RawEncoding.S16LE,
        START,
        "noise");
  }

  private byte[] joined() {
    ByteBuffer all = ByteBuffer.allocate(frames.stream().mapToInt(f -> f.pcm().length).sum());
    frames.forEach(frame -> all.put(frame.pcm()));
    return all.array();
  }

  private static byte[] noise(int samples) {
    byte[] pcm = new byte[2 * samples];
    new Random(samples).nextBytes(pcm);
    return pcm;
  }
}
