package io.earshot.producer.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.stream.StreamSettings;
import io.earshot.producer.testing.Programs;
import io.earshot.producer.testing.Tone;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With what ffmpeg encodes while it is heard, and with servers that send too much at once. */
@Timeout(60)
class HttpClientStreamTest extends HttpClientCase {
  private static final double HERTZ = 1003;

  @ParameterizedTest
  @CsvSource({
    "libvorbis, ogg, application/ogg, 'Ogg Vorbis, 44100 Hz, 2 channels', 1, 25",
    "libmp3lame, mp3, audio/mpeg, 'MP3, 44100 Hz, 2 channels', 0.95, 25",
    "pcm_s16le, wav, audio/wav, 'WAV s16le, 44100 Hz, 2 channels', 1, 70"
  })
  void whatFfmpegEncodesIsHeardWhileItComes(
      String codec, String container, String type, String format, double gain, double snr)
      throws Exception {
    Programs.require("ffmpeg");
    SoundServer.Answer live =
        out -> {
          out.write(("HTTP/1.0 200 OK\r\nContent-Type: " + type + "\r\n\r\n").getBytes(ISO_8859_1));
          encode("-c:a %s -f %s -".formatted(codec, container), out);
        };
    try (SoundServer server =
        new SoundServer(live, SoundServer.text("HTTP/1.1 404 Gone\r\n\r\n"))) {
      NetStream stream = open(server, "/live");
      await().until(() -> stream.status().problem().startsWith("HTTP 404"));
      assertThat(stream.status().format()).isEqualTo(format);
      assertThat(stream.status().refused()).isEmpty();
      assertThat(stream.status().counts().gaps()).isZero();
      assertThat(stream.status().counts().clockSteps()).isZero();
      assertTone(gain, snr);
      assertTimes();
    }
  }

  private void encode(String to, OutputStream out) throws Exception {
    String command =
        "ffmpeg -loglevel error -re -f lavfi -i sine=frequency=1003:sample_rate=44100:duration=3"
            + " -ac 2 "
            + to;
    Process process =
        new ProcessBuilder(command.split(" "))
            .redirectError(folder.resolve("ffmpeg.txt").toFile())
            .start();
    try (InputStream sound = process.getInputStream()) {
      sound.transferTo(out);
    } finally {
      process.destroy();
    }
  }

  @Test
  void ffmpegIsAServer() throws Exception {
    Programs.require("ffmpeg");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    NetStream stream =
        streams.start(StreamSettings.of("yard", "http://127.0.0.1:%d/live".formatted(port)));
    await().until(() -> stream.status().problem().startsWith("Connection refused"));
    encode(
        "-c:a libvorbis -listen 1 -f ogg http://127.0.0.1:" + port,
        OutputStream.nullOutputStream());
    await().until(() -> !frames.isEmpty() && frames.get(frames.size() - 1).end());
    assertThat(stream.status().format()).isEqualTo("Ogg Vorbis, 44100 Hz, 2 channels");
    assertTone(1, 25);
    assertTimes();
  }

  /** Bytes as they are: whatever the titles cost would show. */
  @ParameterizedTest
  @CsvSource({"HTTP/1.1 200 OK, 100", "ICY 200 OK, 8192", "ICY 200 OK, 1", "HTTP/1.0 200 OK, 4097"})
  void titlesBetweenTheSoundAreSteppedOver(String status, int interval) throws Exception {
    byte[] sound = noise(2);
    byte[] sent = SoundServer.withTitles(sound, interval);
    Random random = new Random(interval);
    try (SoundServer server =
        new SoundServer(
            out -> {
              out.write(
                  (status + "\r\n" + LINEAR + "icy-metaint: " + interval + "\r\n\r\n")
                      .getBytes(ISO_8859_1));
              for (int at = 0; at < sent.length; ) {
                int count = Math.min(sent.length - at, 1 + random.nextInt(6000));
                out.write(sent, at, count);
                out.flush();
                at += count;
              }
            })) {
      open(server, "/live");
      awaitEnd();
      assertThat(heard(firstSession())).isEqualTo(sound);
      assertTimes();
    }
  }

  @Test
  void aStreamOfOggForEachTitleIsOneSession() throws Exception {
    for (int title = 1; title <= 3; title++) {
      Programs.run(
          folder,
          "ffmpeg -loglevel error -f lavfi -i sine=frequency=1003:sample_rate=44100:duration=1"
              + " -ac 2 -c:a libvorbis -serial_offset %d %d.ogg".formatted(title, title));
    }
    try (SoundServer server =
        new SoundServer(
            out -> {
              SoundServer.ok("Content-Type: application/ogg\r\n", new byte[0]).write(out);
              for (int title = 1; title <= 3; title++) {
                Files.copy(folder.resolve(title + ".ogg"), out);
              }
            })) {
      NetStream stream = open(server, "/live");
      awaitEnd();
      int heard = firstSession().stream().mapToInt(Frame::samples).sum();
      assertThat(heard).isCloseTo(48_000, within(100));
      assertThat(stream.status().refused()).isEmpty();
      assertThat(stream.status().counts().gaps()).isZero();
      assertTimes();
    }
  }

  @Test
  void whatWaitsIsPublishedWhenTheStreamIsClosed() throws Exception {
    byte[] sound = noise(1);
    try (SoundServer server =
        new SoundServer(
            out -> {
              SoundServer.ok(LINEAR, sound).write(out);
              Thread.sleep(60_000);
            })) {
      NetStream stream = open(server, "/live");
      await().until(() -> stream.status().state() == State.RUNNING);
      stream.close();
      awaitEnd();
      byte[] heard = heard(frames);
      assertThat(heard.length).isBetween(2, sound.length);
      assertThat(heard).isEqualTo(Arrays.copyOf(sound, heard.length));
      assertTimes();
    }
  }

  /** A file: ten seconds at once, and the rest as fast as it would have been said. */
  @Test
  void whatComesTooFastIsHeldBack() throws Exception {
    try (SoundServer server = new SoundServer(SoundServer.ok(LINEAR, noise(60)))) {
      long start = System.nanoTime();
      NetStream stream = open(server, "/file");
      await().until(() -> frames.size() > 120);
      double seconds = (System.nanoTime() - start) / 1e9;
      assertThat(frames.size() / 10.0).isLessThan(seconds + 10.5);
      assertThat(seconds).isGreaterThan(1.5);
      assertTimes();
      assertThat(stream.status().counts().clockSteps()).isZero();
      stream.close();
      await().until(() -> stream.status().state() == State.CLOSED);
    }
  }

  /** What Icecast does when somebody connects. */
  @Test
  void aBurstAtTheBeginningIsOfThePast() throws Exception {
    byte[] sound = noise(8);
    try (SoundServer server =
        new SoundServer(
            out -> {
              SoundServer.ok(LINEAR, new byte[0]).write(out);
              out.write(sound, 0, 5 * 32_000);
              long start = System.nanoTime();
              for (int at = 5 * 32_000; at < sound.length; at += 1600) {
                long due = (at + 1600 - 5 * 32_000) * 1_000_000L / 32;
                Thread.sleep(Math.max(0, (start + due - System.nanoTime()) / 1_000_000));
                out.write(sound, at, 1600);
              }
            })) {
      NetStream stream = open(server, "/live");
      awaitEnd();
      assertThat(heard(firstSession())).isEqualTo(sound);
      assertTimes();
      assertThat(stream.status().counts().clockSteps()).isZero();
      // The burst's first frame is five seconds old; one of the live ones is as new as it can be.
      assertThat(lateness.get(0)).isBetween(4_500L, 20_000L);
      assertThat(lateness.stream().mapToLong(Long::longValue).min().orElseThrow()).isLessThan(1000);
    }
  }

  /** A radio whose connection drops after a while: each time it begins five seconds back. */
  @Test
  void whatWasHeardBeforeAConnectionDroppedIsNotHeardAgain() throws Exception {
    int secondBytes = 32_000;
    byte[] radio = noise(60);
    long began = System.nanoTime() - 8_000_000_000L;
    SoundServer.Answer live =
        out -> {
          SoundServer.ok(LINEAR, new byte[0]).write(out);
          int at = Math.max(0, now(began) - 5 * secondBytes);
          long until = System.nanoTime() + 1_500_000_000L;
          while (System.nanoTime() < until) {
            int now = now(began);
            out.write(radio, at, now - at);
            at = now;
            Thread.sleep(50);
          }
        };
    try (SoundServer server =
        new SoundServer(live, live, SoundServer.text("HTTP/1.1 404 A\r\n\r\n"))) {
      NetStream stream = open(server, "/live");
      await().until(() -> stream.status().problem().startsWith("HTTP 404"));
      await().until(() -> frames.stream().filter(Frame::end).count() == 2);
    }
    assertTimes();
    assertTimesGoOn();
    assertThat(heard(firstSession()).length).isGreaterThan(5 * secondBytes);
    byte[] second = heard(session("s2"));
    byte[] beginning = Arrays.copyOf(second, 4000);
    int from = indexOf(radio, beginning);
    assertThat(from).as("the second session is of the radio, too").isNotNegative();
    byte[] first = heard(firstSession());
    int heardUpTo =
        indexOf(radio, Arrays.copyOfRange(first, first.length - 4000, first.length)) + 4000;
    // Of five seconds; the rest is for a machine that is busy just then.
    assertThat(from).isGreaterThan(heardUpTo - 2 * secondBytes);
  }

  private static int now(long began) {
    return (int) ((System.nanoTime() - began) / 1_000_000 * 32);
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int at = 0; at + part.length <= all.length; at++) {
      if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    return -1;
  }

  /** Three seconds; from mono ffmpeg makes two channels 3 dB down. LAME has a gain of its own. */
  private void assertTone(double gain, double snr) {
    float[] sound = new float[frames.stream().mapToInt(Frame::samples).sum()];
    int at = 0;
    for (Frame frame : frames) {
      frame.decode(sound, at);
      at += frame.samples();
    }
    // An MP3 that is no file keeps what the encoder put around the sound.
    assertThat(sound.length / 16_000.0).isBetween(2.995, 3.1);
    Tone tone = Tone.fit(sound, HERTZ, 16_000, 3_000, sound.length - 3_000);
    assertThat(tone.amplitude())
        .as("ffmpeg's sine")
        .isCloseTo(gain * 0.125 / Math.sqrt(2), within(0.001));
    assertThat(tone.snrDecibels()).isGreaterThan(snr);
  }
}
