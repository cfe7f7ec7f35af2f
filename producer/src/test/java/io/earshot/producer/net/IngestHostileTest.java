package io.earshot.producer.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.earshot.producer.convert.Conditioning;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.testing.Programs;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** People who have no manners; whatever they do, another stream is heard. */
class IngestHostileTest extends IngestByHand {
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
  void aWebSocketOfAnotherVersionIsToldTheRightOne() throws Exception {
    NetStream yard = open("yard", "http://:0");
    String old = upgrade(BEARER).replace("Version: 13", "Version: 8");
    assertThat(ask(port(yard), old))
        .startsWith("HTTP/1.1 426")
        .containsIgnoringCase("sec-websocket-version: 13");
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
}
