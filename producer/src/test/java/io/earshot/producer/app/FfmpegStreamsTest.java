package io.earshot.producer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.earshot.producer.convert.Conditioning;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.LiveStream;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.stream.Pace;
import io.earshot.producer.stream.Playback;
import io.earshot.producer.stream.StreamSettings;
import io.earshot.producer.testing.Frames;
import io.earshot.producer.testing.Programs;
import io.earshot.producer.testing.RtspCamera;
import io.earshot.producer.testing.Tone;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ffmpeg writes, read through ffmpeg. */
@Timeout(120)
class FfmpegStreamsTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final Playback FAST = new Playback(Pace.FAST, false);
  private static final double HERTZ = 1003;
  private static final String TONE =
      "ffmpeg -loglevel error -f lavfi -i sine=frequency=1003:sample_rate=48000:duration=3 ";

  @TempDir private Path folder;
  private final List<Frame> frames = new CopyOnWriteArrayList<>();
  private final Streams streams = new Streams(frames::add);

  @BeforeEach
  void ffmpegIsThere() {
    Programs.require("ffmpeg");
  }

  @AfterEach
  void close() throws IOException {
    streams.close();
  }

  @ParameterizedTest
  @CsvSource({
    "opus.ogg, -c:a libopus -b:a 96k, '48000 Hz, 1 channel', 30",
    "opus.mkv, -ac 2 -c:a libopus -b:a 128k, '48000 Hz, 2 channels', 30",
    "flac.mkv, -ar 44100 -c:a flac, '44100 Hz, 1 channel', 75",
    "video.mp4, -f lavfi -i testsrc=duration=3:size=160x120 -map 1:v -map 0:a -c:a aac -b:a 128k,"
        + " '48000 Hz, 1 channel', 30",
    "six.mka, -ac 6 -c:a pcm_s24le, '48000 Hz, 6 channels', 60"
  })
  void anyFileIsItsSound(String name, String options, String format, double snr) throws Exception {
    Programs.run(folder, TONE + options + " " + name);
    LiveStream stream = streams.open(settings(folder.resolve(name)).with(FAST));
    await().atMost(LONG).until(() -> stream.status().state() == State.CLOSED);
    streams.close();
    assertThat(stream.status().problem()).isEmpty();
    assertThat(stream.status().format()).isEqualTo(format);
    assertTone(frames, 3, snr);
  }

  @Test
  void channelsStayApart() throws Exception {
    Programs.run(
        folder,
        TONE
            + "-f lavfi -i sine=frequency=700:sample_rate=48000:duration=3"
            + " -filter_complex [1:a][0:a]join=inputs=2 -c:a flac two.mkv");
    StreamSettings right =
        settings(folder.resolve("two.mkv")).with(FAST).with(new Conditioning(1, 0, 0));
    LiveStream stream = streams.open(right);
    await().atMost(LONG).until(() -> stream.status().state() == State.CLOSED);
    streams.close();
    assertTone(frames, 3, 75);
  }

  @ParameterizedTest
  @CsvSource({"a:b.ogg", "-y.ogg", "'a $(touch x) ; `id` \"q\" %d.ogg'", "-i.ogg"})
  void namesOfFilesAreNamesOfFiles(String name) throws Exception {
    Programs.run(folder, TONE + "-c:a flac tone.ogg");
    Files.move(folder.resolve("tone.ogg"), folder.resolve(name));
    LiveStream stream = streams.open(settings(folder.resolve(name)).with(FAST));
    await().atMost(LONG).until(() -> stream.status().state() == State.CLOSED);
    streams.close();
    assertTone(frames, 3, 75);
  }

  @Test
  void aFileLoops() throws Exception {
    Programs.run(folder, TONE + "-c:a flac tone.mkv");
    LiveStream stream =
        streams.open(settings(folder.resolve("tone.mkv")).with(new Playback(Pace.FAST, true)));
    await().atMost(LONG).until(() -> stream.status().counts().frames() > 100);
    stream.close();
    assertThat(Frames.sessions(frames)).hasSize(1);
  }

  @Test
  void hlsComesInRealTime() throws Exception {
    String tone = TONE.replace("duration=3", "duration=7");
    Programs.run(folder, tone + "-c:a aac -b:a 128k -f hls -hls_time 1 -hls_list_size 0 live.m3u8");
    HttpServer server = serveFolder(true);
    long before = System.nanoTime();
    try {
      String url = "http://127.0.0.1:%d/live.m3u8".formatted(server.getAddress().getPort());
      LiveStream stream = streams.open(StreamSettings.of("radio", "ffmpeg:" + url));
      await().atMost(LONG).until(() -> stream.status().state() == State.CLOSED);
      assertThat(stream.status().problem()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .as("all but the burst with which it may begin")
          .isGreaterThan(Duration.ofMillis(2900));
    } finally {
      server.stop(0);
    }
    assertTone(of(Frames.sessions(frames).get(0)), 7, 30);
  }

  @Test
  void whatHttpBringsComesInRealTimeAndIsOverOnceItHasALength() throws Exception {
    Programs.run(folder, TONE.replace("duration=3", "duration=7") + "-c:a flac tone.flac");
    HttpServer server = serveFolder(true);
    long before = System.nanoTime();
    try {
      LiveStream stream = streams.open(StreamSettings.of("radio", "ffmpeg:" + url(server)));
      await().atMost(LONG).until(() -> stream.status().state() == State.CLOSED);
      assertThat(stream.status().problem()).isEmpty();
      assertThat(stream.status().connections()).isEqualTo(1);
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .as("all but the burst with which it may begin")
          .isGreaterThan(Duration.ofMillis(2900));
    } finally {
      server.stop(0);
    }
    assertTone(frames, 7, 75);
  }

  @Test
  void whatHttpBringsLoopsIfItHasALength() throws Exception {
    Programs.run(folder, TONE + "-c:a flac tone.flac");
    HttpServer server = serveFolder(true);
    try {
      LiveStream stream =
          streams.open(
              StreamSettings.of("radio", "ffmpeg:" + url(server))
                  .with(new Playback(Pace.REALTIME, true)));
      await().atMost(LONG).until(() -> stream.status().counts().frames() > 35);
      assertThat(stream.status().connections()).isEqualTo(1);
      assertThat(stream.status().problem()).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  /** A radio's server that was restarted. */
  @Test
  void whatHttpBringsWithoutALengthIsAskedForAgain() throws Exception {
    Programs.run(folder, TONE + "-c:a libmp3lame -f mp3 tone.flac");
    HttpServer server = serveFolder(false);
    try {
      LiveStream stream = streams.open(StreamSettings.of("radio", "ffmpeg:" + url(server)));
      await().atMost(LONG).until(() -> stream.status().connections() == 2);
      assertThat(stream.status().problem()).isEqualTo("ffmpeg: the sound has ended");
      assertThat(frames.stream().filter(Frame::end)).isNotEmpty();
    } finally {
      server.stop(0);
    }
  }

  private HttpServer serveFolder(boolean withLength) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes =
              Files.readAllBytes(folder.resolve(exchange.getRequestURI().getPath().substring(1)));
          exchange.sendResponseHeaders(200, withLength ? bytes.length : 0);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:%d/tone.flac".formatted(server.getAddress().getPort());
  }

  @Test
  void ofACameraOnlyTheSoundIsAskedFor() throws Exception {
    try (RtspCamera camera = new RtspCamera(HERTZ, 4)) {
      LiveStream stream = streams.open(StreamSettings.of("door", "ffmpeg:" + camera.url()));
      await().atMost(LONG).until(() -> frames.stream().anyMatch(Frame::end));
      assertThat(stream.status().format()).isEqualTo("48000 Hz, 1 channel");
      assertThat(camera.requests.stream().filter(request -> request.startsWith("SETUP")))
          .isNotEmpty()
          .allMatch(request -> request.contains("/camera/audio "));
    }
    float[] sound = Frames.samples(frames, Frames.sessions(frames).get(0));
    assertThat(sound.length / 16_000.0).isBetween(2.5, 4.1);
    assertThat(Tone.fit(sound, HERTZ, 16_000, 1600, sound.length - 1600).snrDecibels())
        .isGreaterThan(75);
  }

  @Test
  void rtmpComesAsItIsSent() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, HERE)) {
      port = free.getLocalPort();
    }
    String url = "rtmp://127.0.0.1:%d/live".formatted(port);
    LiveStream stream = streams.open(StreamSettings.of("radio", "ffmpeg:" + url));
    await().atMost(LONG).until(() -> stream.status().problem().contains("Connection refused"));
    Programs.run(
        folder,
        TONE.replace("-f lavfi", "-re -f lavfi") + "-c:a aac -b:a 128k -f flv -listen 1 " + url);
    await().atMost(LONG).until(() -> frames.stream().anyMatch(Frame::end));
    // What came while ffmpeg looked what there is was not kept: up to a second.
    float[] sound = Frames.samples(frames, Frames.sessions(frames).get(0));
    assertThat(sound.length / 16_000.0).isBetween(1.9, 3.1);
    assertThat(Tone.fit(sound, HERTZ, 16_000, 1600, sound.length - 1600).snrDecibels())
        .isGreaterThan(30);
  }

  @ParameterizedTest
  @CsvSource({
    "nothing.opus, No such file or directory",
    "text.bin, Invalid data found when processing input",
    "silent.mp4, ffmpeg finds no sound in it"
  })
  void whatIsNoSoundIsOneLineAndTriedAgain(String name, String why) throws Exception {
    Files.writeString(folder.resolve("text.bin"), "This is no sound.\n".repeat(100));
    Programs.run(folder, "ffmpeg -loglevel error -f lavfi -i testsrc=duration=1 silent.mp4");
    LiveStream stream = streams.open(settings(folder.resolve(name)));
    await().atMost(LONG).until(() -> stream.status().problem().endsWith(why));
    assertThat(stream.status().problem()).doesNotContain("\n");
    assertThat(stream.status().state()).isEqualTo(State.CONNECTING);
    assertThat(frames).isEmpty();
  }

  private static StreamSettings settings(Path file) {
    return StreamSettings.of("hall", "ffmpeg:" + file);
  }

  private List<Frame> of(String session) {
    return frames.stream().filter(frame -> frame.session().equals(session)).toList();
  }

  private static void assertTone(List<Frame> frames, double seconds, double snr) {
    float[] sound = Frames.samples(frames, frames.get(0).session());
    assertThat(sound.length / 16_000.0).isCloseTo(seconds, within(0.05));
    Tone tone = Tone.fit(sound, HERTZ, 16_000, 1600, sound.length - 1600);
    assertThat(tone.snrDecibels()).isGreaterThan(snr);
  }
}
