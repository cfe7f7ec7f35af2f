package io.earshot.producer.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.earshot.producer.convert.Conditioning;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.stream.StreamSettings;
import io.earshot.producer.testing.Programs;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** People who have no token, or no manners; whatever they do, another stream is heard. */
class IngestHostileTest extends IngestFixture {
  private static final String OTHER_TOKEN = "battery-horse-correct";
  private static final String BEARER = "Authorization: Bearer " + TOKEN + "\r\n";
  private static final String HOST = "Host: here\r\n";

  @Test
  void whoHasNoTokenLearnsNotWhichStreamsThereAre() throws Exception {
    NetStream yard = open("yard", "http://:0");
    for (String token :
        List.of("", "Authorization: Bearer wrong\r\n", "Authorization: Basic !\r\n")) {
      String there = post(yard, "/yard", token);
      assertThat(there).startsWith("HTTP/1.1 401 Unauthorized").contains("Basic realm=\"Earshot\"");
      assertThat(post(yard, "/attic", token)).isEqualTo(there);
    }
    assertThat(ask(port(yard), "GET /attic HTTP/1.1\r\n\r\n"))
        .isEqualTo(ask(port(yard), "GET /yard HTTP/1.1\r\n\r\n"));
    assertThat(yard.status().refused())
        .containsOnly(Map.entry("no_token", 2L), Map.entry("wrong_token", 1L));
    assertThat(streams.refused())
        .containsOnly(Map.entry("no_token", 2L), Map.entry("wrong_token", 1L));
    assertThat(frames).isEmpty();
  }

  @Test
  void aTokenIsGoodForItsOwnStreamAlone() throws Exception {
    NetStream yard = open("yard", "http://:0");
    open(StreamSettings.of("attic", "ws://:0").withToken(OTHER_TOKEN));
    String other = "Authorization: Bearer %s\r\n".formatted(OTHER_TOKEN);
    String refused = post(yard, "/yard", other);
    assertThat(refused).startsWith("HTTP/1.1 404 Not Found");
    assertThat(post(yard, "/cellar", other)).isEqualTo(refused);
    assertThat(post(yard, "/attic", other)).startsWith("HTTP/1.1 200 OK");
    assertThat(frames).allMatch(frame -> frame.stream().equals("attic"));
  }

  @Test
  void theTokenMayComeInManyWaysButNotInTheAddress() throws Exception {
    NetStream yard = open("yard", "http://:0");
    String basic = Base64.getEncoder().encodeToString(("source:" + TOKEN).getBytes(UTF_8));
    assertThat(post(yard, "/yard", BEARER)).startsWith("HTTP/1.1 200");
    assertThat(post(yard, "/yard", "authorization: bearer " + TOKEN + "\r\n"))
        .startsWith("HTTP/1.1 200");
    assertThat(post(yard, "/yard", "Authorization: Basic " + basic + "\r\n"))
        .startsWith("HTTP/1.1 200");
    assertThat(post(yard, "/yard?token=" + TOKEN, "")).startsWith("HTTP/1.1 401");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE /yard HTTP/1.1 | 405 | wrong_method",
        "OPTIONS /yard HTTP/1.1 | 405 | wrong_method",
        "nonsense | 400 | bad_request",
        "GET /%zz HTTP/1.1 | 400 | bad_request",
        "GET /-/../page.js HTTP/1.1 | 404 | no_such_file",
        "GET /-/Page.class HTTP/1.1 | 404 | no_such_file",
      })
  void whatIsNoRequestForUsIsRefused(String line, int status, String reason) throws Exception {
    NetStream yard = open("yard", "http://:0");
    assertThat(ask(port(yard), line + "\r\n" + HOST + "\r\n")).startsWith("HTTP/1.1 " + status);
    assertThat(all(yard)).containsEntry(reason, 1L);
    assertStillHears(yard);
  }

  @Test
  void whatIsTooLongIsRefused() throws Exception {
    NetStream yard = open("yard", "http://:0");
    String many = "x".repeat(20_000);
    assertThat(ask(port(yard), "GET /" + many + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 414");
    assertThat(ask(port(yard), "POST /yard HTTP/1.1\r\nX: " + many + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(streams.refused()).containsKeys("long_line", "long_header");
    assertStillHears(yard);
  }

  @Test
  void pagesOfOtherSitesMayNotSend() throws Exception {
    NetStream yard = open("yard", "http://:0");
    for (String origin : List.of("http://evil.example", "null", "https://here:1")) {
      String head = HOST + BEARER + "Origin: " + origin + "\r\n";
      assertThat(post(yard, "/yard", head)).startsWith("HTTP/1.1 403");
      assertThat(ask(port(yard), upgrade(head))).startsWith("HTTP/1.1 403");
    }
    assertThat(yard.status().refused()).containsExactly(Map.entry("other_origin", 6L));
    assertThat(post(yard, "/yard", HOST + BEARER + "Origin: https://HERE\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void aWebSocketOfAnotherVersionIsToldTheRightOne() throws Exception {
    NetStream yard = open("yard", "http://:0");
    String old = upgrade(BEARER).replace("Version: 13", "Version: 8");
    assertThat(ask(port(yard), old))
        .startsWith("HTTP/1.1 426")
        .containsIgnoringCase("sec-websocket-version: 13");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /yard HTTP/1.1\r\nX: y", "GET"})
  void whoDoesNotSayWhatHeWantsIsNotWaitedForForEver(String beginning) throws Exception {
    patientFor(300);
    NetStream yard = open("yard", "http://:0");
    assertThat(ask(port(yard), beginning)).startsWith("HTTP/1.1 408");
    assertThat(streams.refused()).containsExactly(Map.entry("too_slow", 1L));
    assertStillHears(yard);
  }

  /** Browsers open connections in advance. */
  @Test
  void whoSaysNothingIsSentAwayButNotCounted() throws Exception {
    patientFor(300);
    NetStream yard = open("yard", "http://:0");
    assertThat(ask(port(yard), "")).startsWith("HTTP/1.1 408");
    new Socket(InetAddress.getLoopbackAddress(), port(yard)).close();
    assertStillHears(yard);
    assertThat(streams.refused()).isEmpty();
  }

  @Test
  void whoBeginsARequestAndLeavesIsCounted() throws Exception {
    NetStream yard = open("yard", "http://:0");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(yard))) {
      socket.getOutputStream().write("GET / HT".getBytes(ISO_8859_1));
    }
    await().until(() -> streams.refused().equals(Map.of("no_request", 1L)));
  }

  @Test
  void aCrowdFromOneAddressCostsOthersNoPlace() throws Exception {
    streams.close();
    streams = streams(null, new IngestLimits(Duration.ofSeconds(10), 4));
    NetStream yard = open("yard", "http://:0");
    InetAddress here = InetAddress.getLoopbackAddress();
    InetAddress there = InetAddress.getByName("127.0.0.2");
    List<Socket> crowd = new ArrayList<>();
    try (Socket alone = new Socket(here, port(yard))) {
      for (int i = 0; i < 6; i++) {
        crowd.add(new Socket(here, port(yard), there, 0));
      }
      for (Socket gone : crowd.subList(0, 3)) {
        assertThat(gone.getInputStream().read()).as("closed").isEqualTo(-1);
      }
      alone.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(new String(alone.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 200");
    }
    assertThat(streams.refused()).containsExactly(Map.entry("too_many_connections", 3L));
    for (Socket socket : crowd) {
      socket.close();
    }
  }

  /** That is no news, and no warning by Netty. */
  @Test
  void whatARefusedWebSocketStillSaysEndsIt() throws Exception {
    NetStream yard = open("yard", "http://:0");
    String protocols = "Sec-WebSocket-Protocol: earshot, token.d3Jvbmc\r\n";
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    Logger netty = (Logger) LoggerFactory.getLogger("io.netty");
    netty.addAppender(logged);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(yard))) {
      socket.getOutputStream().write(upgrade(protocols).getBytes(ISO_8859_1));
      socket.getOutputStream().write(new byte[] {-1, 0, -1, 0, -1, 0});
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(answer).contains("the token is wrong");
    } finally {
      netty.detachAppender(logged);
    }
    assertThat(logged.list).isEmpty();
    assertThat(yard.status().refused()).containsExactly(Map.entry("wrong_token", 1L));
  }

  @Test
  void aTrickleOfHeadersIsNotWaitedForForEver() throws Exception {
    patientFor(500);
    NetStream yard = open("yard", "http://:0");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(yard))) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(ISO_8859_1));
      while (socket.getInputStream().available() == 0) {
        socket.getOutputStream().write('x');
        await().pollDelay(Duration.ofMillis(50)).until(() -> true);
      }
      assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
          .isEqualTo("HTTP/1.1 408");
    }
  }

  @Test
  void aBodyThatFallsSilentEndsItsSession() throws Exception {
    NetStream yard = open(settings("yard", "http://:0").withIdle(Duration.ofMillis(300)));
    String head = "POST /yard HTTP/1.1\r\n" + BEARER + "Content-Length: 99999\r\n\r\n";
    assertThat(ask(port(yard), head + "\0".repeat(6_400))).startsWith("HTTP/1.1 408");
    assertThat(yard.status().problem()).isEqualTo("no sound for 300 ms");
    assertThat(yard.status().refused()).containsExactly(Map.entry("too_slow", 1L));
    awaitEnd();
    assertThat(sound()).hasSize(3_200);
  }

  @Test
  void whenTooManyComeTheOldestGoes() throws Exception {
    streams.close();
    streams = streams(null, new IngestLimits(Duration.ofSeconds(10), 4));
    NetStream yard = open("yard", "http://:0");
    List<Socket> crowd = new ArrayList<>();
    try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), port(yard))) {
      sender.getOutputStream().write(head(3_200).getBytes(ISO_8859_1));
      await().until(() -> ((IngestStream) yard).isBusy());
      for (int i = 0; i < 6; i++) {
        crowd.add(new Socket(InetAddress.getLoopbackAddress(), port(yard)));
      }
      assertThat(crowd.get(0).getInputStream().read()).as("closed").isEqualTo(-1);
      assertThat(crowd.get(1).getInputStream().read()).as("closed").isEqualTo(-1);
      // Who was let in has his place.
      sender.getOutputStream().write(new byte[3_200]);
      assertThat(new String(sender.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 200");
    }
    assertThat(streams.refused()).containsExactly(Map.entry("too_many_connections", 2L));
    for (Socket socket : crowd) {
      socket.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RIFF\0\0\0\0AVI LIST | RIFF, but no WAVE",
        "RIFF\0\0\0\0WAVEdata\0\0\0\0 | a WAV without its format",
      })
  void whatIsNoSoundIsRefusedWithTheReason(String bytes, String why) throws Exception {
    NetStream yard = open("yard", "http://:0");
    String answer = ask(port(yard), head(bytes.length() + 100) + bytes + "\0".repeat(100));
    assertThat(answer).startsWith("HTTP/1.1 415").endsWith(why + "\n");
    assertThat(yard.status().problem()).isEqualTo(why);
    assertThat(yard.status().refused()).containsExactly(Map.entry("not_understood", 1L));
    assertStillHears(yard);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Type: text/html | sends text/html",
        "Content-Type: audio/aac | sends audio/aac",
        "Content-Type: audio/ogg | sound of no known kind",
        "Content-Type: audio/L16; rate=1 | rate is 1 Hz, allowed: 8000",
        "Content-Encoding: gzip | Content-Encoding is not understood"
      })
  void whatTheHeadersSayIsNoSoundIsRefused(String header, String why) throws Exception {
    NetStream yard = open("yard", "http://:0");
    String answer = post(yard, "/yard", BEARER + header + "\r\n");
    assertThat(answer).startsWith("HTTP/1.1 415").contains(why);
    await().until(() -> yard.status().refused().equals(Map.of("not_understood", 1L)));
    assertStillHears(yard);
  }

  @Test
  void chunksThatAreNoneEndTheSession() throws Exception {
    NetStream yard = open("yard", "http://:0");
    String head = "POST /yard HTTP/1.1\r\n" + BEARER + "Transfer-Encoding: chunked\r\n\r\n";
    assertThat(ask(port(yard), head + "c80\r\n" + "\0".repeat(3_200) + "\r\nnonsense\r\n"))
        .startsWith("HTTP/1.1 400");
    awaitEnd();
    assertThat(sound()).hasSize(1_600);
    assertThat(yard.status().refused()).containsExactly(Map.entry("bad_request", 1L));
    assertStillHears(yard);
  }

  /** The last two of twelve seconds are passed on when nobody is there to be told. */
  @Test
  void whatCannotBePassedOnAfterItsSenderHasGoneLeavesThePlaceFree() throws Exception {
    Programs.require("ffmpeg");
    String ogg = "ffmpeg -loglevel error -f lavfi -i sine=duration=12 -ac %d -c:a libvorbis %d.ogg";
    run(ogg, 2, 2);
    run(ogg, 1, 1);
    NetStream yard = open(settings("yard", "http://:0").with(new Conditioning(1, 0, 0)));
    try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), port(yard))) {
      byte[] stereo = Files.readAllBytes(folder.resolve("2.ogg"));
      byte[] mono = Files.readAllBytes(folder.resolve("1.ogg"));
      OutputStream out = sender.getOutputStream();
      out.write(head(stereo.length + mono.length).getBytes(ISO_8859_1));
      out.write(stereo);
      out.write(mono);
    }
    await().until(() -> yard.status().problem().startsWith("channel 1 of 1, allowed: 0 to 0"));
    await().until(() -> !((IngestStream) yard).isBusy());
    assertThat(yard.status().refused()).containsExactly(Map.entry("not_understood", 1L));
    assertThat(yard.status().state()).isEqualTo(State.WAITING);
  }

  @Test
  void noiseHurtsNobody() throws Exception {
    patientFor(300);
    NetStream yard = open("yard", "http://:0");
    Random random = new Random(8);
    for (int i = 0; i < 200; i++) {
      byte[] noise = new byte[random.nextInt(5_000)];
      random.nextBytes(noise);
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(yard))) {
        if (i % 3 == 0) {
          socket.getOutputStream().write(upgrade(BEARER).getBytes(ISO_8859_1));
        }
        socket.getOutputStream().write(noise);
      } catch (IOException e) {
        // The server had enough of it.
      }
    }
    await().until(() -> !((IngestStream) yard).isBusy());
    frames.clear();
    assertStillHears(yard);
  }

  @Test
  void aSinkThatWaitsHoldsSendersAndLosesNothing() throws Exception {
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
      NetStream stream = few.start(settings("yard", "http://:0"));
      await().until(() -> stream.localAddress() != null);
      int bytes = 384_000;
      assertThat(ask(port(stream), head(bytes) + "\0".repeat(bytes))).startsWith("HTTP/1.1 200");
      await().until(() -> !slow.isEmpty() && slow.get(slow.size() - 1).end());
    }
    assertThat(slow.stream().mapToInt(Frame::samples).sum()).isEqualTo(192_000);
    assertThat(small.dropped()).isZero();
    small.close();
  }

  @Test
  void aSinkThatFailsFailsItsStreams() throws Exception {
    FrameQueue failing =
        new FrameQueue(
            frame -> {
              throw new IOException("Kafka is gone");
            },
            64);
    try (NetStreams lost = new NetStreams(1, failing, () -> "s")) {
      NetStream stream = lost.start(settings("yard", "http://:0"));
      await().until(() -> stream.localAddress() != null);
      int port = port(stream);
      try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), port)) {
        sender.getOutputStream().write(head(1 << 30).getBytes(ISO_8859_1));
        assertThatThrownBy(
                () -> {
                  while (true) {
                    sender.getOutputStream().write(new byte[3_200]);
                    Thread.sleep(20);
                  }
                })
            .as("the connection breaks")
            .isInstanceOf(IOException.class);
      }
      assertThat(stream.status().state()).isEqualTo(State.FAILED);
      assertThat(stream.status().problem()).isEqualTo("Kafka is gone");
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(failing::close).hasMessage("Kafka is gone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | who sends by HTTP or WebSocket must show a token, set one of 16 to 256 characters",
        "short | that token is not allowed, allowed: 16 to 256 visible ASCII characters",
        "with a blank between | that token is not allowed, allowed: 16 to 256 visible ASCII characters"
      })
  void aStreamNeedsAToken(String token, String why) {
    assertThatThrownBy(() -> streams.start(StreamSettings.of("yard", "http://:0").withToken(token)))
        .hasMessage(why);
  }

  @Test
  void streamsThatGetInEachOthersWayAreRefusedAndTheFirstGoesOn() throws Exception {
    NetStream yard = open("yard", "http://:0");
    int port = port(yard);
    NetStream again = streams.start(settings("again", "http://127.0.0.1:" + port + "/x?listen"));
    await().until(() -> again.status().problem().contains("Address already in use"));
    assertThatThrownBy(() -> streams.start(settings("other", "ws://:0/yard")))
        .hasMessage(
            "other and stream yard (http://:0) get in each other's way, each needs a path of its own");
    assertStillHears(yard);
    again.close();
    await().until(() -> again.status().state() == State.CLOSED);
    yard.close();
    await().until(() -> yard.status().state() == State.CLOSED);
    // The last one is gone, and so is the server.
    NetStream next = open("next", "http://127.0.0.1:" + port + "?listen");
    assertThat(port(next)).isEqualTo(port);
    assertThatThrownBy(
            () -> streams.start(settings("tls", "https://127.0.0.1:%d?listen".formatted(port))))
        .hasMessageContaining("tls and stream next (http://127.0.0.1:" + port + "?listen)")
        .hasMessageContaining("a port is with TLS or without");
  }

  @Test
  void tokensAreNeverTold() {
    NetStream yard = open("yard", "http://:0");
    assertThat(yard.settings.toString() + yard.status()).doesNotContain(TOKEN);
  }

  /** What nobody did wrong still arrives. */
  private void assertStillHears(NetStream yard) throws IOException {
    int before = frames.size();
    assertThat(post(yard, "/yard", BEARER)).startsWith("HTTP/1.1 200 OK");
    await().until(() -> frames.size() >= before + 2);
    assertThat(yard.status().state()).isEqualTo(State.WAITING);
  }

  private Map<String, Long> all(NetStream yard) {
    Map<String, Long> all = new HashMap<>(streams.refused());
    all.putAll(yard.status().refused());
    return all;
  }

  private void patientFor(long millis) {
    streams.close();
    streams = streams(null, new IngestLimits(Duration.ofMillis(millis), 64));
  }

  private static String head(int bytes) {
    return "POST /yard HTTP/1.1\r\n" + BEARER + "Content-Length: " + bytes + "\r\n\r\n";
  }

  /** A tenth of a second of silence, with these headers. */
  private static String post(NetStream stream, String path, String headers) throws IOException {
    String head = "POST %s HTTP/1.1\r\n%sContent-Length: 3200\r\n\r\n".formatted(path, headers);
    return ask(port(stream), head + "\0".repeat(3_200));
  }

  private static String upgrade(String headers) {
    return "GET /yard HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        + headers
        + "\r\n";
  }
}
