package io.earshot.producer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.rtp.RtpFormat;
import io.earshot.producer.stream.RtpOptions;
import io.earshot.producer.stream.StreamSettings;
import io.earshot.producer.testing.Programs;
import io.earshot.producer.testing.Tone;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams that ffmpeg sends to, and what arrives of them. */
@Timeout(60)
abstract class NetFixture {
  static final InetAddress HERE = InetAddress.getLoopbackAddress();
  static final double HERTZ = 1003;
  private static final String TONE =
      "ffmpeg -loglevel error -re -f lavfi -i sine=frequency=1003:sample_rate=%d:duration=1.5 -ac %d %s";

  @TempDir private Path folder;
  final List<Frame> frames = new CopyOnWriteArrayList<>();
  private final AtomicInteger sessions = new AtomicInteger();
  final FrameQueue queue = new FrameQueue(frames::add, 10_000);
  final NetStreams streams =
      new NetStreams(1, queue, () -> "s" + sessions.incrementAndGet(), Duration.ofMillis(100));

  @BeforeEach
  void ffmpegIsThere() {
    Programs.require("ffmpeg");
  }

  @AfterEach
  void close() throws IOException {
    streams.close();
    queue.close();
  }

  /** A pair of ports that is free; ffmpeg says no farewell, so silence must end the session. */
  final NetStream openRtp(String payloads) {
    StreamSettings settings =
        StreamSettings.of("rtp", "rtp://127.0.0.1:0")
            .with(new RtpOptions(RtpFormat.formats(payloads), RtpOptions.DEFAULT.jitter()))
            .withIdle(Duration.ofMillis(700));
    for (int attempt = 0; attempt < 10; attempt++) {
      NetStream stream = streams.start(settings);
      await().until(() -> stream.status().state() != State.CONNECTING);
      if (stream.status().state() == State.WAITING) {
        return stream;
      }
    }
    throw new AssertionError("no pair of free ports");
  }

  final void send(int rate, int channels, String to) throws Exception {
    assertThat(start(rate, channels, to).waitFor()).isZero();
  }

  final Process start(int rate, int channels, String to) throws IOException {
    return new ProcessBuilder(TONE.formatted(rate, channels, to).split(" "))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(folder.resolve("ffmpeg.txt").toFile())
        .start();
  }

  /** From mono ffmpeg makes two channels 3 dB down. */
  final void assertTone(int channels, double snr) {
    float[] sound = new float[frames.stream().mapToInt(Frame::samples).sum()];
    int at = 0;
    for (Frame frame : frames) {
      frame.decode(sound, at);
      at += frame.samples();
    }
    assertThat(sound.length / 16_000.0).isCloseTo(1.5, within(0.005));
    Tone tone = Tone.fit(sound, HERTZ, 16_000, 800, sound.length - 800);
    assertThat(tone.amplitude())
        .as("ffmpeg's sine")
        .isCloseTo(0.125 / Math.sqrt(channels), within(0.002));
    assertThat(tone.snrDecibels()).isGreaterThan(snr);
  }
}
