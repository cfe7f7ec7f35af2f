package io.earshot.producer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.LiveStream;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.publish.FrameSink;
import io.earshot.producer.source.RawEncoding;
import io.earshot.producer.stream.Pace;
import io.earshot.producer.stream.Playback;
import io.earshot.producer.stream.StreamSettings;
import io.earshot.producer.testing.EndlessTone;
import io.earshot.producer.testing.Frames;
import io.earshot.producer.testing.Programs;
import io.earshot.producer.testing.Shared;
import io.earshot.producer.testing.Sound;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class StreamsTest {
  private final List<Frame> frames = new CopyOnWriteArrayList<>();

  @Test
  void manySourcesRunSideBySide() throws Exception {
    var clip = Shared.files("audio", ".ogg").get(0);
    try (Streams streams = new Streams(frames::add)) {
      LiveStream file =
          streams.open(
              StreamSettings.of("file", "file:" + clip).with(new Playback(Pace.FAST, false)));
      LiveStream missing = streams.open(StreamSettings.of("missing", "file:/nowhere.wav"));
      LiveStream socket = streams.open(StreamSettings.of("socket", "tcp://127.0.0.1:0?listen"));
      await().until(() -> file.status().state() == State.CLOSED);
      await().until(() -> missing.status().problem().equals("/nowhere.wav: no such file"));
      await().until(() -> socket.status().state() == State.WAITING);
      assertThat(missing.status().state()).isEqualTo(State.CONNECTING);
      assertThat(streams.all()).containsExactly(file, missing, socket);
    }
    Sound sound = Sound.of(clip);
    assertThat(frames.stream().mapToInt(Frame::samples).sum())
        .isEqualTo((int) Math.ceil(sound.frames() * 16_000.0 / sound.shape().rate()));
    assertThat(frames).allMatch(frame -> frame.stream().equals("file"));
  }

  @Test
  void standardInputEndsQuietlyAndHasOneReader() throws Exception {
    InputStream before = System.in;
    byte[] pcm = new byte[32_000];
    new Random(1).nextBytes(pcm);
    System.setIn(new ByteArrayInputStream(pcm));
    try (Streams streams = new Streams(frames::add)) {
      LiveStream stream = streams.open(StreamSettings.of("pipe", "-"));
      assertThatThrownBy(() -> streams.open(StreamSettings.of("second", "-")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("stream second (-): stream pipe has the standard input, allowed: one");
      await().until(() -> stream.status().state() == State.CLOSED);
      assertThat(stream.status().problem()).isEmpty();
    } finally {
      System.setIn(before);
    }
    float[] sound = Frames.samples(frames, frames.get(0).session());
    float[] sent = new float[pcm.length / 2];
    RawEncoding.S16LE.format().decode(pcm, 0, sent, 0, sent.length);
    assertThat(sound).isEqualTo(sent);
  }

  /** The spool takes it. */
  @Test
  void whatComesInItsOwnTimeGoesOnWhileKafkaIsBehind(@TempDir Path folder) throws Exception {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(new byte[32_000]));
    Programs.run(folder, "sox -n -r 16000 -c 1 a.wav synth 1 sine 440");
    try (EndlessTone tone = new EndlessTone(1000);
        Streams streams = new Streams(frames::add, stream -> true)) {
      streams.open(StreamSettings.of("camera", "ffmpeg:" + tone.url()));
      streams.open(StreamSettings.of("pipe", "-"));
      streams.open(StreamSettings.of("played", "file:" + folder.resolve("a.wav")));
      streams.open(
          StreamSettings.of("ahead", "file:" + folder.resolve("a.wav"))
              .with(new Playback(Pace.FAST, false)));
      for (String live : List.of("camera", "pipe", "played")) {
        await()
            .atMost(Duration.ofSeconds(50))
            .until(() -> frames.stream().anyMatch(frame -> frame.stream().equals(live)));
      }
      assertThat(frames).noneMatch(frame -> frame.stream().equals("ahead") && frame.samples() > 0);
    } finally {
      System.setIn(before);
    }
  }

  /** With what a pipe holds at the beginning, which is of the past. */
  @Test
  void aFileThatIsPipedInNeverHasTimesAheadOfTheClock() throws Exception {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(new byte[32_000 * 7]));
    List<Long> aheadMillis = new CopyOnWriteArrayList<>();
    FrameSink sink =
        frame -> {
          frames.add(frame);
          long end = frame.captureMillis() + frame.durationMicros() / 1000;
          aheadMillis.add(end - System.currentTimeMillis());
        };
    try (Streams streams = new Streams(sink)) {
      LiveStream stream = streams.open(StreamSettings.of("pipe", "-"));
      await().atMost(Duration.ofSeconds(50)).until(() -> stream.status().state() == State.CLOSED);
      assertThat(stream.status().counts().clockSteps()).isZero();
    } finally {
      System.setIn(before);
    }
    assertThat(Frames.samples(frames, frames.get(0).session())).hasSize(16_000 * 7);
    assertThat(aheadMillis).allMatch(ahead -> ahead <= 10);
  }

  /** As metrics and health do. */
  @Test
  void streamsCanBeAskedForWhileTheyAreClosed() throws Exception {
    CountDownLatch kafka = new CountDownLatch(1);
    Streams streams = new Streams(frame -> awaitUninterruptibly(kafka));
    LiveStream stream = streams.open(StreamSettings.of("hall", "file:/nowhere.wav"));
    LiveStream clip =
        streams.open(
            StreamSettings.of("clip", "file:" + Shared.files("audio", ".ogg").get(0))
                .with(new Playback(Pace.FAST, false)));
    await().until(() -> clip.status().counts().frames() > 3);
    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(
            () -> {
              try {
                streams.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    await().until(() -> stream.status().state() == State.CLOSED);
    assertThat(streams.all()).containsExactly(stream, clip);
    assertThat(closing).as("Kafka still makes it wait").isNotDone();
    assertThatThrownBy(() -> streams.open(StreamSettings.of("late", "-")))
        .isInstanceOf(IllegalStateException.class);
    kafka.countDown();
    closing.get();
  }

  @ParameterizedTest
  @CsvSource({
    "ffmpeg:, 'an address of printable characters is missing, allowed: ffmpeg:PATH'",
    "ffmpeg:pipe:0, 'ffmpeg has no standard input here, allowed: ffmpeg:PATH'",
    "gopher://x, 'no such source, allowed: mic:[DEVICE]'",
    "file:, 'no such source'",
    "udp://:99999, 'is no address'"
  })
  void whatCanNeverWorkIsRefusedByNameAndSource(String source, String why) throws IOException {
    try (Streams streams = new Streams(frames::add)) {
      assertThatThrownBy(() -> streams.open(StreamSettings.of("yard", source)))
          .hasMessageStartingWith("stream yard (" + source + "): ")
          .hasMessageContaining(why);
      streams.open(StreamSettings.of("yard", "udp://127.0.0.1:0"));
      assertThatThrownBy(() -> streams.open(StreamSettings.of("yard", "udp://127.0.0.1:0")))
          .hasMessage("stream yard (udp://127.0.0.1:0): another stream has this name");
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // as a read of a pipe
      }
    }
  }
}
