package io.earshot.detector.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTargetTest {
  private static final ProxySelector DIRECT = ProxySelector.of(null);
  private static final Alert ALERT = AlertEvents.alert("7", "closed", "yard", "Hund 🐕", 1);
  private WebhookReceiver receiver;

  @BeforeEach
  void start() throws Exception {
    receiver = WebhookReceiver.start();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void anAlertIsPostedAsJsonSignedAndWithItsKey() {
    long before = Instant.now().getEpochSecond();
    assertThat(send("s3cret", Map.of("X-Room", "12", "User-Agent", "me")))
        .isEqualTo(Outcome.DELIVERED);
    WebhookReceiver.Request request = receiver.requests().get(0);
    Headers headers = request.headers();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/hook?x=1");
    assertThat(request.body()).isEqualTo(new String(ALERT.json(), UTF_8));
    assertThat(headers.getFirst("Content-Type")).isEqualTo("application/json");
    assertThat(headers.getFirst("Idempotency-Key")).isEqualTo("7:closed");
    assertThat(headers.get("X-Room")).containsExactly("12");
    assertThat(headers.get("User-Agent")).containsExactly("me");
    assertThat(headers).doesNotContainKeys("Upgrade", "Http2-settings");
    String signature = headers.getFirst("X-Earshot-Signature");
    long time = Long.parseLong(signature.split("[=,]")[1]);
    assertThat(time).isBetween(before, Instant.now().getEpochSecond());
    assertThat(signature).isEqualTo(Signature.of("s3cret", time, request.body().getBytes(UTF_8)));
  }

  @Test
  void withoutASecretNothingIsSigned() {
    assertThat(send("", Map.of())).isEqualTo(Outcome.DELIVERED);
    assertThat(receiver.requests().get(0).headers()).doesNotContainKey("X-earshot-signature");
  }

  @Test
  void whatTheServerAnswersDecides() {
    receiver.answer(500, 404, 429, 301, 204);
    assertThat(send()).isEqualTo(Outcome.failed("HTTP 500", Duration.ofSeconds(7)));
    assertThat(send()).isEqualTo(Outcome.refused("HTTP 404"));
    assertThat(send()).isEqualTo(Outcome.failed("HTTP 429", Duration.ofSeconds(7)));
    assertThat(send()).isEqualTo(Outcome.refused("HTTP 301, and redirects are not followed"));
    assertThat(send()).isEqualTo(Outcome.DELIVERED);
    assertThat(receiver.requests())
        .extracting(WebhookReceiver.Request::path)
        .containsOnly("/hook?x=1");
  }

  @Test
  void aServerThatHangsFailsWithinTheTimeOutWhereverItHangs() {
    receiver.answer(WebhookReceiver.HANG, WebhookReceiver.HANG_IN_BODY);
    for (int i = 0; i < 2; i++) {
      long began = System.nanoTime();
      assertThat(send()).isEqualTo(Outcome.failed("no answer within 400 ms"));
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(Duration.ofMillis(390), Duration.ofSeconds(5));
    }
    assertThat(send()).isEqualTo(Outcome.DELIVERED);
  }

  @Test
  void aServerThatIsNotThereFails() throws Exception {
    receiver.close();
    assertThat(send()).isEqualTo(Outcome.failed("nobody answers"));
    assertThat(send(URI.create("http://nowhere.invalid/"), "", Map.of()).reason())
        .isEqualTo("no such host");
  }

  @Test
  void aServerThatSpeaksSomethingElseFailsWithoutQuotingIt() throws Exception {
    try (ServerSocket other = new ServerSocket(0)) {
      Thread talk =
          new Thread(
              () -> {
                try (var socket = other.accept()) {
                  socket.getOutputStream().write("hunter2 hunter2\r\n\r\n".getBytes(UTF_8));
                } catch (java.io.IOException e) {
                  // The test sees that nothing came.
                }
              });
      talk.start();
      URI url = URI.create("http://127.0.0.1:" + other.getLocalPort());
      assertThat(send(url, "", Map.of())).isEqualTo(Outcome.failed("the connection broke"));
      talk.join(5_000);
    }
  }

  private Outcome send() {
    return send("", Map.of());
  }

  private Outcome send(String secret, Map<String, String> headers) {
    return send(receiver.url(), secret, headers);
  }

  private static Outcome send(URI url, String secret, Map<String, String> headers) {
    WebhookSettings settings = new WebhookSettings(url, secret, headers, Duration.ofMillis(400));
    return new WebhookTarget(settings, DIRECT).send(ALERT).join();
  }
}
