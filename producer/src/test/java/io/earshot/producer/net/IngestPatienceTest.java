package io.earshot.producer.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.live.FrameQueue;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People who are slow, silent or too many; whatever they do, another stream is heard. */
class IngestPatienceTest extends IngestByHand {
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

  @Test
  void aSinkThatWaitsHoldsSendersAndLosesNothing() throws Exception {
    SlowSink slow = new SlowSink();
    FrameQueue small = new FrameQueue(slow, 64);
    try (NetStreams few = new NetStreams(1, small, () -> "s")) {
      NetStream stream = few.start(settings("yard", "http://:0"));
      await().until(() -> stream.localAddress() != null);
      int bytes = 384_000;
      assertThat(ask(port(stream), head(bytes) + "\0".repeat(bytes))).startsWith("HTTP/1.1 200");
      await().until(slow::hasEnded);
    }
    assertThat(slow.samples()).isEqualTo(192_000);
    assertThat(small.dropped()).isZero();
    small.close();
  }
}
