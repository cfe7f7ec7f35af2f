package io.earshot.producer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
  private final CollectorRegistry registry = new CollectorRegistry();
  private final AtomicReference<String> kafka = new AtomicReference<>();
  private final Health health = new Health().ready("kafka", kafka::get);

  private MetricsServer start() throws IOException {
    return MetricsServer.start(new MetricsSettings("127.0.0.1", 0, 1), registry, health);
  }

  @Test
  void countersAreToldWithoutTheTimeAtWhichTheyBegan() throws Exception {
    Counter.build("barks_total", "Barks.").register(registry).inc(3);
    try (MetricsServer server = start()) {
      HttpResponse<String> answer = ask(server, "GET", "/metrics");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/plain; version=0.0.4");
      assertThat(answer.body())
          .isEqualTo("# HELP barks_total Barks.\n# TYPE barks_total counter\nbarks_total 3.0\n");
    }
  }

  @Test
  void readinessFollowsItsChecksAndHealthDoesNot() throws Exception {
    try (MetricsServer server = start()) {
      assertThat(ask(server, "GET", "/readyz").body()).isEqualTo("ready\nkafka: ok\n");
      kafka.set("does not answer");
      HttpResponse<String> wrong = ask(server, "GET", "/readyz");
      assertThat(wrong.statusCode()).isEqualTo(503);
      assertThat(wrong.body()).isEqualTo("not ready\nkafka: does not answer\n");
      assertThat(ask(server, "GET", "/healthz").statusCode()).isEqualTo(200);
      assertThat(ask(server, "HEAD", "/readyz").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void nothingElseIsThereOrAllowed() throws Exception {
    try (MetricsServer server = start()) {
      assertThat(ask(server, "GET", "/metricsx").statusCode()).isEqualTo(404);
      assertThat(ask(server, "GET", "/").body()).contains("/metrics, /healthz and /readyz");
      assertThat(ask(server, "POST", "/metrics").statusCode()).isEqualTo(405);
      assertThat(ask(server, "HEAD", "/metrics").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anotherNameForThisMachineIsRefused() throws Exception {
    try (MetricsServer server = start();
        Socket socket = new Socket("127.0.0.1", server.port())) {
      socket
          .getOutputStream()
          .write(
              "GET /metrics HTTP/1.0\r\nHost: evil.example\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 421 ").contains("ask for localhost");
    }
  }

  @Test
  void aPortThatIsTakenIsPassedOverIfItMayBe() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      assertThatThrownBy(
              () ->
                  MetricsServer.start(new MetricsSettings("127.0.0.1", port, 1), registry, health))
          .isInstanceOf(BindException.class)
          .hasMessage("Address already in use");
      try (MetricsServer next =
          MetricsServer.start(new MetricsSettings("127.0.0.1", port, 10), registry, health)) {
        assertThat(next.port()).isBetween(port + 1, port + 9);
        assertThat(next.address()).isEqualTo("http://127.0.0.1:" + next.port());
      }
    }
  }

  /** Their time is over after ten seconds. */
  @Test
  void thoseWhoSendHalfARequestKeepNobodyWaiting() throws Exception {
    List<Socket> halves = new ArrayList<>();
    try (MetricsServer server = start()) {
      sendHalves(server, 20, halves);
      assertThat(ask(server, "GET", "/healthz").body()).isEqualTo("live\n");
    } finally {
      closeAll(halves);
    }
  }

  @Test
  void whenTooManyHaveGoneItAnswersAgain() throws Exception {
    List<Socket> halves = new ArrayList<>();
    try (MetricsServer server = start()) {
      sendHalves(server, 200, halves);
      closeAll(halves);
      await().until(() -> isLive(server));
    } finally {
      closeAll(halves);
    }
  }

  private static void sendHalves(MetricsServer server, int count, List<Socket> halves)
      throws IOException {
    for (int i = 0; i < count; i++) {
      Socket half = new Socket("127.0.0.1", server.port());
      halves.add(half);
      half.getOutputStream().write('G');
    }
  }

  private static void closeAll(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private static boolean isLive(MetricsServer server) throws Exception {
    try {
      return ask(server, "GET", "/healthz").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static HttpResponse<String> ask(MetricsServer server, String method, String path)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.address() + path))
                .timeout(Duration.ofSeconds(8))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
