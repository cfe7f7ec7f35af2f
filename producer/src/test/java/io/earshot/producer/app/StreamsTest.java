package io.earshot.producer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.convert.Conditioning;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.live.LiveStream;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.RawEncoding;
import io.earshot.producer.source.RawSource;
import io.earshot.producer.stream.Pace;
import io.earshot.producer.stream.Playback;
import io.earshot.producer.stream.StreamSettings;
import io.earshot.producer.testing.Shared;
import io.earshot.producer.testing.Sound;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

  /** As a microphone that was unplugged. */
  @Test
  void aSourceThatBreaksIsOpenedAgain() {
    AtomicInteger opened = new AtomicInteger();
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("unplugged");
          }
        };
    PullStream stream =
        new PullStream(
            StreamSettings.of("hall", "mic:"),
            progress -> {
              InputStream sound = new ByteArrayInputStream(new byte[6400]);
              InputStream all =
                  opened.incrementAndGet() < 3 ? new SequenceInputStream(sound, broken) : sound;
              return new RawSource(
                  all, new AudioShape(16_000, 1), RawEncoding.S16LE, Instant.now(), "microphone");
            },
            Pace.FAST,
            () -> false,
            frames::add,
            Duration.ofMillis(10));
    stream.start();
    await().until(() -> stream.status().state() == State.CLOSED);
    assertThat(stream.status().problem()).isEqualTo("microphone: unplugged");
    assertThat(stream.status().connections()).isEqualTo(3);
    assertThat(frames.stream().mapToInt(Frame::samples).sum()).isEqualTo(9600);
    assertThat(frames.stream().map(Frame::session).distinct()).hasSize(3);
    assertThat(frames.stream().filter(Frame::end)).hasSize(3);
  }

  @Test
  void aFileThatIsReadAheadWaitsForASlowSink() throws Exception {
    byte[] pcm = new byte[16_000_000];
    AtomicInteger taken = new AtomicInteger();
    FrameQueue slow =
        new FrameQueue(
            frame -> {
              Thread.onSpinWait();
              taken.addAndGet(frame.samples());
            },
            16);
    PullStream stream =
        new PullStream(
            StreamSettings.of("hall", "-"),
            progress ->
                new RawSource(
                    new ByteArrayInputStream(pcm),
                    new AudioShape(16_000, 1),
                    RawEncoding.S16LE,
                    Instant.now(),
                    "file"),
            Pace.FAST,
            slow::isCrowded,
            slow,
            Duration.ofMillis(10));
    stream.start();
    await().until(() -> stream.status().state() == State.CLOSED);
    slow.close();
    assertThat(taken).hasValue(8_000_000);
    assertThat(slow.dropped()).isZero();
  }

  @Test
  void aChannelThatIsNotThereEndsItsStreamAlone() {
    PullStream stream =
        new PullStream(
            StreamSettings.of("hall", "-").with(new Conditioning(4, 0, 0)),
            progress ->
                new RawSource(
                    new ByteArrayInputStream(new byte[6400]),
                    new AudioShape(16_000, 2),
                    RawEncoding.S16LE,
                    Instant.now(),
                    "line"),
            Pace.FAST,
            () -> false,
            frames::add,
            Duration.ofMillis(10));
    stream.start();
    await().until(() -> stream.status().state() == State.FAILED);
    assertThat(stream.status().problem()).isEqualTo("channel 4 of 2, allowed: 0 to 1");
  }

  @ParameterizedTest
  @CsvSource({
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
}
