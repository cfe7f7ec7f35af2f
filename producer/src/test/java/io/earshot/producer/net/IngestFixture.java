package io.earshot.producer.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.stream.StreamSettings;
import io.earshot.producer.testing.Programs;
import io.earshot.producer.testing.Tone;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams that are sent to, and what arrives of them. */
@Timeout(60)
abstract class IngestFixture {
  static final String TOKEN = "correct-horse-battery";
  static final double HERTZ = 1003;

  /** What ffmpeg's sine has. */
  static final double AMPLITUDE = 0.125;

  @TempDir Path folder;
  final List<Frame> frames = new CopyOnWriteArrayList<>();
  final AtomicInteger sessions = new AtomicInteger();
  final FrameQueue queue = new FrameQueue(frames::add, 10_000);
  NetStreams streams = streams(null, IngestLimits.DEFAULT);

  final NetStreams streams(Tls tls, IngestLimits limits) {
    return new NetStreams(
        1,
        queue,
        () -> "s" + sessions.incrementAndGet(),
        Duration.ofMillis(100),
        new IngestServers(tls, limits));
  }

  @AfterEach
  void close() throws IOException {
    streams.close();
    queue.close();
  }

  static StreamSettings settings(String name, String source) {
    return StreamSettings.of(name, source).withToken(TOKEN);
  }

  final NetStream open(String name, String source) {
    return open(settings(name, source));
  }

  final NetStream open(StreamSettings settings) {
    NetStream stream = streams.start(settings);
    await().until(() -> stream.status().state() != State.CONNECTING);
    assertThat(stream.status().problem()).isEmpty();
    return stream;
  }

  static int port(NetStream stream) {
    return stream.localAddress().getPort();
  }

  /** Runs it to its end; blanks split. */
  final void run(String command, Object... values) throws Exception {
    Programs.run(folder, command.formatted(values));
  }

  final Process start(String command, Object... values) throws IOException {
    return new ProcessBuilder(command.formatted(values).split(" "))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  static String tone(int rate, double seconds) {
    return "ffmpeg -loglevel error -re -f lavfi -i sine=frequency=1003:sample_rate=%d:duration=%s"
        .formatted(rate, seconds);
  }

  /** What a server says to these bytes, until it closes. */
  static String ask(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  final void awaitEnd() {
    await().until(() -> !frames.isEmpty() && frames.get(frames.size() - 1).end());
  }

  /** All that has arrived, as one. */
  final float[] sound() {
    float[] sound = new float[frames.stream().mapToInt(Frame::samples).sum()];
    int at = 0;
    for (Frame frame : frames) {
      frame.decode(sound, at);
      at += frame.samples();
    }
    return sound;
  }

  /** The tone of 1003 Hz has arrived, so long and so clean. */
  final void assertTone(double seconds, double toleranceSeconds, double amplitude, double snr) {
    float[] sound = sound();
    assertThat(sound.length / 16_000.0).isCloseTo(seconds, within(toleranceSeconds));
    Tone tone = Tone.fit(sound, HERTZ, 16_000, 3200, sound.length - 3200);
    assertThat(tone.amplitude()).isCloseTo(amplitude, within(0.03 * amplitude));
    assertThat(tone.snrDecibels()).isGreaterThan(snr);
  }
}
