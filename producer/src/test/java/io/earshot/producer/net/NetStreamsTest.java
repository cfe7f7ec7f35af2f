package io.earshot.producer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.convert.Conditioning;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.rtp.RtpFormat;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.RawEncoding;
import io.earshot.producer.stream.RawPcm;
import io.earshot.producer.stream.RtpOptions;
import io.earshot.producer.stream.StreamSettings;
import io.earshot.producer.testing.Programs;
import io.earshot.producer.testing.Tone;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With ffmpeg on the other side, and with people who send nonsense. */
@Timeout(60)
class NetStreamsTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final double HERTZ = 1003;
  private static final String TONE =
      "ffmpeg -loglevel error -re -f lavfi -i sine=frequency=1003:sample_rate=%d:duration=1.5 -ac %d %s";

  @TempDir private java.nio.file.Path folder;
  private final List<Frame> frames = new CopyOnWriteArrayList<>();
  private final AtomicInteger sessions = new AtomicInteger();
  private final FrameQueue queue = new FrameQueue(frames::add, 10_000);
  private final NetStreams streams =
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

  @ParameterizedTest
  @CsvSource({
    "48000, 2, pcm_s16be, 'RTP L16, 48000 Hz, 2 channels', 70",
    "44100, 1, pcm_s16be, 'RTP L16, 44100 Hz, 1 channel', 70",
    "8000, 1, pcm_mulaw, 'RTP PCMU, 8000 Hz, 1 channel', 33",
    "8000, 1, pcm_alaw, 'RTP PCMA, 8000 Hz, 1 channel', 33"
  })
  void rtpHasTheTimesOfItsSenderReports(
      int rate, int channels, String codec, String format, double snr) throws Exception {
    NetStream stream = openRtp("97=L16/48000/2"); // the type that ffmpeg takes
    long before = System.currentTimeMillis();
    int port = stream.localAddress().getPort();
    send(rate, channels, "-c:a %s -f rtp rtp://127.0.0.1:%d".formatted(codec, port));
    await().untilAsserted(() -> assertThat(stream.status().state()).isEqualTo(State.WAITING));
    assertTone(channels, snr);
    assertThat(stream.status().format()).isEqualTo(format);
    assertThat(stream.status().counts().sendersClock()).isTrue();
    assertThat(stream.status().counts().gaps()).isZero();
    assertThat(stream.status().refused()).isEmpty();
    assertThat(frames.get(frames.size() - 1).end()).as("ended by silence").isTrue();
    assertThat(frames.get(0).captureMillis()).isBetween(before, System.currentTimeMillis() - 1500);
    Frame last = frames.get(frames.size() - 1);
    assertThat(last.captureMillis() - frames.get(0).captureMillis()).isBetween(1400L, 1520L);
  }

  @Test
  void lossReorderingAndDuplicationLeaveAllElseAtItsPlace() throws Exception {
    NetStream stream = openRtp("97=L16/48000");
    try (FaultyRelay relay = new FaultyRelay(stream.localAddress().getPort())) {
      send(48_000, 1, "-c:a pcm_s16be -f rtp rtp://127.0.0.1:" + relay.port());
      await().untilAsserted(() -> assertThat(frames).anyMatch(f -> f.captureMillis() > 0));
      await()
          .during(Duration.ofMillis(300))
          .until(() -> stream.status().counts().frames() == frames.size());
      stream.close();
      await().untilAsserted(() -> assertThat(stream.status().state()).isEqualTo(State.CLOSED));
      await().until(() -> frames.size() > 1 && frames.get(frames.size() - 1).end());
      assertThat(relay.dropped).isPositive();
      assertThat(stream.status().counts().gaps()).isBetween(1L, (long) relay.dropped);
      assertThat((double) stream.status().counts().missingMillis())
          .isCloseTo(relay.droppedFrames / 48.0, within(3.0));
      assertThat(stream.status().refused()).containsEntry("duplicate", (long) relay.doubled);
    }
    assertPhaseByNumbers();
  }

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
  void rawDatagramsEndWithSilence() throws Exception {
    StreamSettings right =
        StreamSettings.of("yard", "udp://127.0.0.1:0")
            .with(new RawPcm(new AudioShape(48_000, 2), RawEncoding.F32LE))
            .with(new Conditioning(1, 0, 0))
            .withIdle(Duration.ofSeconds(1));
    NetStream stream = streams.start(right);
    await().until(() -> stream.localAddress() != null);
    int port = stream.localAddress().getPort();
    send(48_000, 2, "-f f32le udp://127.0.0.1:%d?pkt_size=1280".formatted(port));
    await().until(() -> stream.status().state() == State.WAITING);
    await().until(() -> frames.get(frames.size() - 1).end());
    assertTone(2, 70);
    assertThat(stream.status().counts().sendersClock()).isFalse();
  }

  /** Who pauses for less than the settings' ten seconds goes on in his session, later. */
  @Test
  void aPauseOfDatagramsIsAGapOfItsLength() throws Exception {
    NetStream stream = streams.start(StreamSettings.of("yard", "udp://127.0.0.1:0"));
    await().until(() -> stream.localAddress() != null);
    int port = stream.localAddress().getPort();
    try (DatagramSocket socket = new DatagramSocket()) {
      for (int i = 0; i < 60; i++) {
        socket.send(new DatagramPacket(new byte[640], 640, HERE, port));
        Thread.sleep(i == 39 ? 3000 : 20);
      }
    }
    await().until(() -> stream.status().counts().gaps() > 0);
    await().until(() -> stream.status().counts().frames() >= 11);
    assertThat(stream.status().state()).isEqualTo(State.RUNNING);
    // Three seconds, less what a machine that is busy just then makes of it.
    assertThat(stream.status().counts().missingMillis()).isGreaterThan(950);
    stream.close();
    await().until(() -> !frames.isEmpty() && frames.get(frames.size() - 1).end());
    assertThat(frames).allMatch(frame -> frame.session().equals("s1"));
    long took = frames.get(frames.size() - 1).captureMillis() - frames.get(0).captureMillis();
    assertThat(took).as("ms, of which 1200 have sound").isGreaterThan(2050);
  }

  @Test
  void aBrokenStreamNeverStopsTheOthers() throws Exception {
    NetStream good =
        streams.start(
            StreamSettings.of("good", "udp://127.0.0.1:0").withIdle(Duration.ofSeconds(1)));
    NetStream wav = streams.start(StreamSettings.of("wav", "tcp://127.0.0.1:0?listen"));
    NetStream rtp = openRtp("");
    await().until(() -> good.localAddress() != null && wav.localAddress() != null);
    int taken = good.localAddress().getPort();
    NetStream bad = streams.start(StreamSettings.of("bad", "udp://127.0.0.1:" + taken));
    await().until(() -> bad.status().problem().contains("Address already in use"));
    bad.close();
    Random random = new Random(8);
    try (DatagramSocket socket = new DatagramSocket();
        Socket nonsense = new Socket(HERE, wav.localAddress().getPort())) {
      nonsense.getOutputStream().write("RIFFnonsense that goes on and on".getBytes("US-ASCII"));
      for (int i = 0; i < 3000; i++) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        int port = rtp.localAddress().getPort() + random.nextInt(2);
        socket.send(new DatagramPacket(bytes, bytes.length, HERE, port));
      }
      assertThat(nonsense.getInputStream().read()).as("thrown out").isEqualTo(-1);
    }
    await().until(() -> wav.status().state() == State.WAITING);
    assertThat(wav.status().problem()).isEqualTo("RIFF, but no WAVE");
    assertThat(wav.status().refused()).containsExactly(Map.entry("not_understood", 1L));
    assertThat(rtp.status().refused()).containsKeys("not_rtp", "not_rtcp");
    send(16_000, 1, "-f s16le udp://127.0.0.1:%d?pkt_size=640".formatted(taken));
    await().until(() -> good.status().state() == State.WAITING && !frames.isEmpty());
    await().until(() -> frames.get(frames.size() - 1).end());
    assertThat(frames).allMatch(frame -> frame.stream().equals("good"));
    assertTone(1, 70);
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
    List<Frame> slow = new CopyOnWriteArrayList<>();
    FrameQueue small =
        new FrameQueue(
            frame -> {
              try {
                Thread.sleep(2);
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              slow.add(frame);
            },
            64);
    try (NetStreams few = new NetStreams(1, small, () -> "s")) {
      NetStream stream = few.start(StreamSettings.of("yard", "tcp://127.0.0.1:0?listen"));
      await().until(() -> stream.localAddress() != null);
      try (Socket socket = new Socket(HERE, stream.localAddress().getPort())) {
        socket.getOutputStream().write(new byte[288_000]);
      }
      await().until(() -> !slow.isEmpty() && slow.get(slow.size() - 1).end());
    }
    assertThat(slow.stream().mapToInt(Frame::samples).sum()).isEqualTo(144_000);
    assertThat(small.dropped()).isZero();
    small.close();
  }

  /** A pair of ports that is free; ffmpeg says no farewell, so silence must end the session. */
  private NetStream openRtp(String payloads) {
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

  private void send(int rate, int channels, String to) throws Exception {
    assertThat(start(rate, channels, to).waitFor()).isZero();
  }

  private Process start(int rate, int channels, String to) throws IOException {
    return new ProcessBuilder(TONE.formatted(rate, channels, to).split(" "))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(folder.resolve("ffmpeg.txt").toFile())
        .start();
  }

  /** From mono ffmpeg makes two channels 3 dB down. */
  private void assertTone(int channels, double snr) {
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

  /** Where the numbers place each frame, the tone has its phase there, to half a sample (0.2). */
  private void assertPhaseByNumbers() {
    long position = 0;
    double first = Double.NaN;
    List<Double> off = new ArrayList<>();
    Frame last = null;
    for (Frame frame : frames) {
      if (last != null) {
        position += (frame.seq() - last.seq()) * last.samples();
      }
      last = frame;
      if (frame.samples() >= 320) {
        float[] samples = new float[frame.samples()];
        frame.decode(samples, 0);
        double phase = phase(samples, position);
        first = Double.isNaN(first) ? phase : first;
        off.add(Math.abs(Math.IEEEremainder(phase - first, 2 * Math.PI)));
      }
    }
    assertThat(off).hasSizeGreaterThan(10).allSatisfy(error -> assertThat(error).isLessThan(0.25));
  }

  private static double phase(float[] samples, long position) {
    double sine = 0;
    double cosine = 0;
    for (int i = 0; i < samples.length; i++) {
      double angle = 2 * Math.PI * HERTZ * (position + i) / 16_000;
      sine += samples[i] * Math.sin(angle);
      cosine += samples[i] * Math.cos(angle);
    }
    return Math.atan2(cosine, sine);
  }
}
