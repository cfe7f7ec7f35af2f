package io.earshot.producer.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.stream.Pace;
import io.earshot.producer.stream.Playback;
import io.earshot.producer.stream.StreamSettings;
import io.earshot.producer.testing.Programs;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** With servers that send elsewhere, want a password, refuse, drop, or are somebody else. */
@Timeout(60)
class HttpAnswersTest extends HttpClientCase {
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @Test
  void chunksRedirectsAndPasswordsAreFollowed() throws Exception {
    byte[] sound = noise(1);
    String chunked = LINEAR + "Transfer-Encoding: chunked\r\n";
    SoundServer.Answer answer =
        out -> {
          SoundServer.ok(chunked, new byte[0]).write(out);
          for (int at = 0; at < sound.length; at += 500) {
            out.write("1f4\r\n".getBytes(ISO_8859_1));
            out.write(sound, at, 500);
            out.write("\r\n".getBytes(ISO_8859_1));
          }
          out.write("0\r\n\r\n".getBytes(ISO_8859_1));
        };
    watchTheLog();
    try (SoundServer other = new SoundServer(answer);
        SoundServer first =
            new SoundServer(
                SoundServer.text("HTTP/1.1 302 Found\r\nLocation: /there?b\r\n\r\n"),
                SoundServer.text(
                    "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:%d/x\r\n\r\n"
                        .formatted(other.port())))) {
      NetStream stream =
          streams.start(
              StreamSettings.of(
                  "yard",
                  "http://me:se%%40cret+1@127.0.0.1:%d/here?token=hush".formatted(first.port())));
      awaitEnd();
      assertThat(heard(firstSession())).isEqualTo(sound);
      // printf me:se@cret+1 | base64
      String credentials = "authorization: Basic bWU6c2VAY3JldCsx\r\n";
      assertThat(first.requests.get(0)).startsWith("GET /here?token=hush HTTP/1.1\r\n");
      assertThat(first.requests.get(0)).contains(credentials);
      assertThat(first.requests.get(1)).startsWith("GET /there?b HTTP/1.1\r\n");
      assertThat(first.requests.get(1)).contains(credentials);
      assertThat(other.requests.get(0)).startsWith("GET /x HTTP/1.1\r\n");
      assertThat(other.requests.get(0)).contains("host: 127.0.0.1:" + other.port());
      assertThat(other.requests.get(0)).as("another server").doesNotContain("authorization");
      assertThat(stream.status().problem())
          .isEqualTo("the server ended the response, asking again");
      assertThat(stream.source())
          .isEqualTo("http://...@127.0.0.1:%d/here?token=...".formatted(first.port()));
    }
    assertThat(logged.list)
        .isNotEmpty()
        .noneMatch(event -> event.getFormattedMessage().matches(".*(cret|hush).*"));
  }

  private void watchTheLog() {
    logged.start();
    earshot().addAppender(logged);
  }

  @AfterEach
  void leaveTheLog() {
    earshot().detachAppender(logged);
  }

  private static Logger earshot() {
    return (Logger) LoggerFactory.getLogger("io.earshot");
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 401 Unauthorized\r\n\r\n', 'HTTP 401 Unauthorized'",
    "'HTTP/1.1 500 Ow\u001b[31m\r\n\r\n', 'HTTP 500 Ow [31m'",
    "'HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n', more than 5 redirects",
    "'HTTP/1.1 302 Found\r\nLocation: ftp://a:b@c/\r\n\r\n', 'redirected to ''ftp://...@c/'', allowed: http:// and https://'",
    "'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html>', 'the other side sends text/html, allowed: '",
    "'HTTP/1.1 200 OK\r\nContent-Type: audio/aacp\r\n\r\n', 'the other side sends audio/aacp, allowed: '",
    "'HTTP/1.1 200 OK\r\nContent-Type: audio/x-odd\r\n\r\nneither this nor that', 'sound of no known kind, allowed: '",
    "'HTTP/1.1 200 OK\r\nContent-Type: audio/L16\r\n\r\n', 'audio/l16 names no rate, allowed: audio/L16; rate=44100'",
    "'HTTP/1.1 200 OK\r\nContent-Type: audio/L16;rate=44\r\n\r\n', 'rate is 44 Hz, allowed: '",
    "'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n', 'content encoding ''gzip'', allowed: identity'",
    "'HTTP/1.1 200 OK\r\nicy-metaint: often\r\n\r\n', 'icy-metaint ''often'', allowed: a number'",
    "'HTTP/1.1 200 OK\r\n\r\n#EXTM3U\nhttp://a.example/', 'this is a playlist, allowed: '",
    "'SSH-2.0-OpenSSH\r\n\r\n', 'no HTTP: '",
    "'', closed without an answer"
  })
  void whatIsNoSoundIsSaidInOneLine(String answer, String problem) throws Exception {
    try (SoundServer server = new SoundServer(SoundServer.text(answer))) {
      NetStream stream = open(server, "/live");
      await().until(() -> stream.status().problem().startsWith(problem));
      await().until(() -> stream.status().state() == State.CONNECTING);
      assertThat(stream.status().problem()).doesNotContain("\n", "\r");
    }
    assertThat(frames).isEmpty();
  }

  @Test
  void aServerThatDropsTheConnectionIsAskedAgain() throws Exception {
    byte[] sound = noise(1);
    SoundServer.Answer cut = SoundServer.ok(LINEAR + "Content-Length: 1000000\r\n", sound);
    try (SoundServer server = new SoundServer(cut)) {
      NetStream stream = open(server, "/live");
      await().until(() -> stream.status().connections() >= 3);
      await().until(() -> frames.stream().filter(Frame::end).count() >= 3);
      assertThat(server.requests).hasSizeGreaterThanOrEqualTo(3);
    }
    for (String session : List.of("s1", "s2", "s3")) {
      assertThat(heard(session(session))).as(session).isEqualTo(sound);
    }
    assertTimesGoOn();
  }

  /** Its length is said, so it is a file. */
  @Test
  void aFileIsHeardOnce() throws Exception {
    byte[] sound = noise(1);
    SoundServer.Answer file =
        SoundServer.ok(LINEAR + "Content-Length: %d\r\n".formatted(sound.length), sound);
    try (SoundServer server = new SoundServer(file)) {
      NetStream stream = open(server, "/file");
      await().until(() -> stream.status().state() == State.CLOSED);
      awaitEnd();
      assertThat(heard(frames)).isEqualTo(sound);
      assertThat(server.requests).hasSize(1);
      assertThat(stream.status().problem()).isEmpty();
    }
  }

  @Test
  void aFileThatIsToBeRepeatedGoesOnWhereItEnded() throws Exception {
    byte[] sound = noise(2);
    SoundServer.Answer file =
        SoundServer.ok(LINEAR + "Content-Length: %d\r\n".formatted(sound.length), sound);
    try (SoundServer server = new SoundServer(file)) {
      streams.start(
          StreamSettings.of("yard", "http://127.0.0.1:%d/file".formatted(server.port()))
              .with(new Playback(Pace.REALTIME, true)));
      await().until(() -> frames.stream().filter(Frame::end).count() >= 3);
    }
    assertThat(heard(session("s2"))).isEqualTo(sound);
    assertThat(heard(session("s3"))).isEqualTo(sound);
    assertTimesGoOn();
  }

  /** As servers do that are not ready yet. */
  @Test
  void anEmptyAnswerIsNoFile() throws Exception {
    byte[] sound = noise(1);
    SoundServer.Answer empty = SoundServer.ok("Content-Length: 0\r\n", new byte[0]);
    SoundServer.Answer file =
        SoundServer.ok(LINEAR + "Content-Length: %d\r\n".formatted(sound.length), sound);
    try (SoundServer server = new SoundServer(empty, file)) {
      NetStream stream = open(server, "/file");
      await().until(() -> stream.status().problem().startsWith("there was no sound in the answer"));
      await().until(() -> stream.status().state() == State.CLOSED);
      awaitEnd();
      assertThat(heard(frames)).isEqualTo(sound);
    }
  }

  /** Some name a length that is far away; here it is near. */
  @Test
  void aRadioIsNeverOver() throws Exception {
    byte[] sound = noise(1);
    String head = LINEAR + "icy-name: Radio\r\nContent-Length: %d\r\n".formatted(sound.length);
    try (SoundServer server = new SoundServer(SoundServer.ok(head, sound))) {
      NetStream stream = open(server, "/live");
      await().until(() -> server.requests.size() > 1);
      assertThat(stream.status().problem())
          .isEqualTo("the server ended the response, asking again");
    }
  }

  @Test
  void aServerThatSaysNothingIsLeft() throws Exception {
    SoundServer.Answer silence = out -> Thread.sleep(60_000);
    try (SoundServer server = new SoundServer(silence)) {
      NetStream stream =
          streams.start(
              StreamSettings.of("yard", "http://127.0.0.1:%d/".formatted(server.port()))
                  .withIdle(Duration.ofMillis(200)));
      await().until(() -> stream.status().problem().equals("no sound for 200 ms"));
      await().until(() -> server.requests.size() > 1);
    }
  }

  @Test
  void tlsToWhomTheJdkTrustsAndToNobodyElse() throws Exception {
    Path store = folder.resolve("server.p12");
    Programs.run(
        folder,
        "keytool -genkeypair -alias a -keyalg EC -dname CN=localhost -ext san=dns:localhost"
            + " -storetype PKCS12 -storepass secret -keystore server.p12");
    byte[] sound = noise(1);
    SoundServer.Answer answer = SoundServer.ok(LINEAR, sound);
    try (SoundServer server = new SoundServer(tls(store).getServerSocketFactory(), answer)) {
      NetStream untrusted =
          streams.start(StreamSettings.of("a", "https://localhost:" + server.port()));
      await().until(() -> untrusted.status().problem().contains("PKIX path building failed"));
      untrusted.close();
      System.setProperty("javax.net.ssl.trustStore", store.toString());
      System.setProperty("javax.net.ssl.trustStorePassword", "secret");
      try (NetStreams trusting = new NetStreams(1, queue, () -> "s", Duration.ofMillis(100))) {
        NetStream wrongName =
            trusting.start(StreamSettings.of("b", "https://127.0.0.1:" + server.port()));
        await().until(() -> wrongName.status().problem().contains("127.0.0.1"));
        wrongName.close();
        assertThat(frames).isEmpty();
        trusting.start(StreamSettings.of("c", "https://localhost:" + server.port()));
        awaitEnd();
        assertThat(heard(firstSession())).isEqualTo(sound);
      } finally {
        System.clearProperty("javax.net.ssl.trustStore");
        System.clearProperty("javax.net.ssl.trustStorePassword");
      }
    }
  }

  private static SSLContext tls(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance(store.toFile(), "secret".toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
