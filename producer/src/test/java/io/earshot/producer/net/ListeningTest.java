package io.earshot.producer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.stream.StreamSettings;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where others have what a stream wants to listen on. */
@Timeout(60)
class ListeningTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final String ALLOWED = ", allowed: an address of this machine and a free port";

  private final FrameQueue queue = new FrameQueue(frame -> {}, 100);
  private final NetStreams streams = new NetStreams(1, queue, () -> "s", Duration.ofMillis(50));

  @AfterEach
  void close() throws IOException {
    streams.close();
    queue.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://127.0.0.1:%d?listen", "http://127.0.0.1:%d?listen", "ws://:%d"})
  void aPortThatIsGivenBackIsTaken(String source) throws Exception {
    NetStream stream;
    int port;
    try (ServerSocket other = new ServerSocket(0, 1, HERE)) {
      port = other.getLocalPort();
      stream = open(source.formatted(port));
      awaitProblem(stream, "cannot listen on %s:%d: Address already in use", port);
    }
    await().until(() -> stream.status().state() == State.WAITING);
    try (Socket sender = new Socket(HERE, port)) {
      assertThat(sender.isConnected()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"udp, 0, ''", "rtp, 0, ''", "rtp, 1, 'RTCP: '"})
  void aPortForDatagramsThatIsGivenBackIsTaken(String scheme, int after, String what)
      throws Exception {
    NetStream stream;
    try (DatagramSocket other = pairOf(after)) {
      int port = other.getLocalPort() - after;
      stream = open("%s://127.0.0.1:%d".formatted(scheme, port));
      awaitProblem(
          stream, what + "cannot listen on %s:%d: Address already in use", other.getLocalPort());
      // While RTCP has no port, RTP has none either.
      if (after > 0) {
        await().ignoreExceptions().until(() -> isFree(port));
      }
    }
    await().until(() -> stream.status().state() == State.WAITING);
  }

  /** One of two ports in a row; both were free. */
  private static DatagramSocket pairOf(int after) throws IOException {
    while (true) {
      DatagramSocket socket = new DatagramSocket(0, HERE);
      if (after == 0 || isFree(socket.getLocalPort() - after)) {
        return socket;
      }
      socket.close();
    }
  }

  private static boolean isFree(int port) {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(HERE, port))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /** RFC 5737 keeps the address for texts, RFC 2606 the name. */
  @ParameterizedTest
  @CsvSource({
    "udp://192.0.2.1:5000, 192.0.2.1:5000: Cannot assign requested address",
    "tcp://192.0.2.1:5000?listen, 192.0.2.1:5000: Cannot assign requested address",
    "rtp://nobody.invalid:5000, nobody.invalid:5000: no such host: nobody.invalid",
    "http://nobody.invalid:5000?listen, nobody.invalid:5000: no such host: nobody.invalid"
  })
  void anAddressThatIsNotHereIsSaidAndWaitedFor(String source, String problem) {
    NetStream stream = open(source);
    await().until(() -> stream.status().problem().equals("cannot listen on " + problem + ALLOWED));
    assertThat(stream.status().state()).isEqualTo(State.CONNECTING);
    stream.close();
    await().until(() -> stream.status().state() == State.CLOSED);
  }

  @Test
  void whoIsClosedWhileItTriesTriesNoMore() throws Exception {
    int port;
    try (ServerSocket other = new ServerSocket(0, 1, HERE)) {
      port = other.getLocalPort();
      NetStream stream = open("tcp://127.0.0.1:%d?listen".formatted(port));
      awaitProblem(stream, "cannot listen on %s:%d: Address already in use", port);
      stream.close();
      await().until(() -> stream.status().state() == State.CLOSED);
    }
    Thread.sleep(300);
    try (ServerSocket free = new ServerSocket(port, 1, HERE)) {
      assertThat(free.isBound()).isTrue();
    }
  }

  private NetStream open(String source) {
    return streams.start(StreamSettings.of("yard", source).withToken("0123456789abcdef"));
  }

  private static void awaitProblem(NetStream stream, String problem, int port) {
    await()
        .until(
            () ->
                stream
                    .status()
                    .problem()
                    .equals(problem.formatted(stream.url.local().getHostString(), port) + ALLOWED));
    assertThat(stream.status().state()).isEqualTo(State.CONNECTING);
  }
}
