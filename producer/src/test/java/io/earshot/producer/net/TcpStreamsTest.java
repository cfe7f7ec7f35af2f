package io.earshot.producer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.stream.StreamSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TCP both ways, with ffmpeg on the other side, and with people who say nothing or too much. */
class TcpStreamsTest extends NetFixture {
  @Test
  void tcpServesOneAtATimeWavOrRaw() throws Exception {
    NetStream stream = streams.start(StreamSettings.of("yard", "tcp://127.0.0.1:0?listen"));
    await().until(() -> stream.localAddress() != null);
    int port = stream.localAddress().getPort();
    Process wav = start(44_100, 2, "-f wav tcp://127.0.0.1:" + port);
    await().until(() -> stream.status().state() == State.RUNNING);
    try (Socket second = new Socket(HERE, port)) {
      assertThat(second.getInputStream().read()).as("turned away").isEqualTo(-1);
    }
    assertThat(wav.waitFor()).isZero();
    await().until(() -> stream.status().state() == State.WAITING);
    assertThat(stream.status().format()).isEqualTo("WAV s16le, 44100 Hz, 2 channels");
    assertThat(stream.status().refused()).containsExactly(Map.entry("other_source", 1L));
    await().until(() -> frames.get(frames.size() - 1).end());
    assertTone(2, 70);
    frames.clear();
    send(16_000, 1, "-f s16le tcp://127.0.0.1:" + port);
    await().until(() -> stream.status().state() == State.WAITING);
    await().until(() -> frames.get(frames.size() - 1).end());
    assertTone(1, 70);
    assertThat(frames.get(0).session()).isEqualTo("s2");
    assertThat(stream.status().connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "libvorbis, ogg, 'Ogg Vorbis, 44100 Hz, 2 channels', 1.5",
    "mp2, mp2, 'MPEG layer 2, 44100 Hz, 2 channels', 1.52"
  })
  void whatComesByTcpIsDecoded(String codec, String container, String format, double seconds)
      throws Exception {
    NetStream stream = streams.start(StreamSettings.of("yard", "tcp://127.0.0.1:0?listen"));
    await().until(() -> stream.localAddress() != null);
    int port = stream.localAddress().getPort();
    send(44_100, 2, "-c:a %s -f %s tcp://127.0.0.1:%d".formatted(codec, container, port));
    await().until(() -> !frames.isEmpty() && frames.get(frames.size() - 1).end());
    assertThat(stream.status().format()).isEqualTo(format);
    assertThat(stream.status().refused()).isEmpty();
    double heard = frames.stream().mapToInt(Frame::samples).sum() / 16_000.0;
    assertThat(heard).isCloseTo(seconds, within(0.03));
  }

  @Test
  void aTcpClientComesBackToItsServer() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, HERE)) {
      port = free.getLocalPort();
    }
    NetStream stream = streams.start(StreamSettings.of("yard", "tcp://127.0.0.1:" + port));
    await().until(() -> stream.status().problem().contains("Connection refused"));
    for (int round = 1; round <= 2; round++) {
      frames.clear();
      send(16_000, 1, "-f s16le tcp://127.0.0.1:%d?listen".formatted(port));
      await().until(() -> stream.status().state() != State.RUNNING);
      await().until(() -> !frames.isEmpty() && frames.get(frames.size() - 1).end());
      assertTone(1, 70);
      assertThat(stream.status().connections()).isEqualTo(round);
    }
  }

  @Test
  void aConnectionThatSaysNothingIsClosed() throws Exception {
    NetStream stream =
        streams.start(
            StreamSettings.of("yard", "tcp://127.0.0.1:0?listen").withIdle(Duration.ofMillis(200)));
    await().until(() -> stream.localAddress() != null);
    try (Socket silent = new Socket(HERE, stream.localAddress().getPort())) {
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
    await().until(() -> stream.status().problem().equals("no sound for 200 ms"));
    assertThat(frames).isEmpty();
  }

  /** As {@code nc} does: ten seconds are of the past, the rest waits for its time. */
  @Test
  void aFileThatIsSentByTcpIsNeverOfTheFuture() throws Exception {
    List<Long> lateness = new CopyOnWriteArrayList<>();
    FrameQueue watched =
        new FrameQueue(
            frame -> {
              long end = frame.captureMillis() + frame.samples() / 16;
              lateness.add(System.currentTimeMillis() - end);
            },
            10_000);
    try (NetStreams few = new NetStreams(1, watched, () -> "s")) {
      NetStream stream = few.start(StreamSettings.of("yard", "tcp://127.0.0.1:0?listen"));
      await().until(() -> stream.localAddress() != null);
      long start = System.nanoTime();
      try (Socket socket = new Socket(HERE, stream.localAddress().getPort())) {
        Thread sender = new Thread(() -> sendQuietly(socket, 60 * 32_000));
        sender.start();
        await().until(() -> lateness.size() > 120);
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(lateness.size() / 10.0).isLessThan(seconds + 10.5);
        assertThat(lateness).as("ms after its capture").allMatch(late -> late >= -5);
        stream.close();
        await().until(() -> stream.status().state() == State.CLOSED);
        sender.join();
      }
      long frames = stream.status().counts().frames();
      await()
          .during(Duration.ofMillis(200))
          .until(() -> stream.status().counts().frames() == frames);
      assertThat(stream.status().problem()).isEmpty();
    }
    watched.close();
  }

  private static void sendQuietly(Socket socket, int bytes) {
    try {
      socket.getOutputStream().write(new byte[bytes]);
    } catch (IOException e) {
      // the stream was closed
    }
  }

  @Test
  void aSinkThatWaitsHoldsTcpSendersAndLosesNothing() throws Exception {
    SlowSink slow = new SlowSink();
    FrameQueue small = new FrameQueue(slow, 64);
    try (NetStreams few = new NetStreams(1, small, () -> "s")) {
      NetStream stream = few.start(StreamSettings.of("yard", "tcp://127.0.0.1:0?listen"));
      await().until(() -> stream.localAddress() != null);
      try (Socket socket = new Socket(HERE, stream.localAddress().getPort())) {
        socket.getOutputStream().write(new byte[288_000]);
      }
      await().until(slow::hasEnded);
    }
    assertThat(slow.samples()).isEqualTo(144_000);
    assertThat(small.dropped()).isZero();
    small.close();
  }
}
