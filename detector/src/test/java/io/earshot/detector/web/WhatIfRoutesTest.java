package io.earshot.detector.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The past decided anew, asked for rightly and wrongly. */
@Timeout(120)
class WhatIfRoutesTest {
  private static final Instant T = Instant.parse("2026-01-02T03:04:05.678Z");

  private final AtomicReference<WhatIf.Question> asked = new AtomicReference<>();
  private final AtomicInteger asking = new AtomicInteger();
  private final CountDownLatch answers = new CountDownLatch(1);
  private final HttpClient client = HttpClient.newHttpClient();
  private OpenApi openApi;
  private WebServer server;

  @BeforeEach
  void start() throws Exception {
    openApi = OpenApi.own();
    server =
        WebServer.start(
            new WebSettings("127.0.0.1", 0, ""), List.of(new WhatIfRoutes(this::answer)));
  }

  private WhatIf.Answer answer(WhatIf.Question question) throws WhatIf.NoAnswer {
    asked.set(question);
    asking.incrementAndGet();
    if (question.label().equals("slow")) {
      try {
        answers.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (question.label().equals("siren")) {
      throw WhatIf.NoAnswer.wrongly("label must be one of those that /api/rules has for base");
    }
    if (question.label().equals("late")) {
      throw WhatIf.NoAnswer.now("Kafka does not answer; try again later", null);
    }
    return new WhatIf.Answer(
        T.toString(),
        T.plusSeconds(60).toString(),
        question.label(),
        question.onset(),
        0.3,
        0,
        0,
        List.of(),
        List.of(),
        List.of(),
        true);
  }

  @AfterEach
  void stop() {
    answers.countDown();
    server.close();
  }

  @Test
  void aQuestionOfThePastIsUnderstood() throws Exception {
    HttpResponse<byte[]> answer = ask("{\"label\":\"dog_bark\",\"onset\":0.4}");
    assertThat(answer.statusCode()).isEqualTo(200);
    openApi.check("post", "/api/what-if", 200, answer.body());
    assertThat(asked.get())
        .isEqualTo(new WhatIf.Question("dog_bark", 0.4, null, null, Duration.ofMinutes(60)));
    ask("{\"label\":\"dog_bark\",\"onset\":1,\"offset\":0.2,\"stream\":\"yard\",\"minutes\":5}");
    assertThat(asked.get())
        .isEqualTo(new WhatIf.Question("dog_bark", 1, 0.2, "yard", Duration.ofMinutes(5)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x | 400 | the body must be an object in JSON",
        "[] | 400 | the body must be an object in JSON",
        "'' | 400 | the body must be an object in JSON",
        "{} | 400 | onset must be given",
        "{\"onset\":0.5} | 400 | label must be given",
        "{\"label\":1,\"onset\":0.5} | 400 | label must be a text",
        "{\"label\":\"a\",\"onset\":0} | 400 | onset must be a number above 0 and up to 1",
        "{\"label\":\"a\",\"onset\":\"0.5\"} | 400 | onset must be a number above 0 and up to 1",
        "{\"label\":\"a\",\"onset\":0.5,\"offset\":0.6} | 400 | offset must be at most the onset",
        "{\"label\":\"a\",\"onset\":0.5,\"minutes\":0} | 400 | minutes must be a whole number from 1",
        "{\"label\":\"a\",\"onset\":0.5,\"minutes\":1e9} | 400 | minutes must be a whole number",
        "{\"label\":\"a\",\"onset\":0.5,\"hours\":1} | 400 | the body has a key that is unknown",
        "{\"label\":\"siren\",\"onset\":0.5} | 400 | label must be one of those that /api/rules has",
        "{\"label\":\"late\",\"onset\":0.5} | 503 | Kafka does not answer"
      })
  void aQuestionThatIsWrongIsSaidInALine(String body, int status, String message) throws Exception {
    HttpResponse<byte[]> answer = ask(body);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(json(answer).get("error").asText()).startsWith(message);
    openApi.check("post", "/api/what-if", status, answer.body());
  }

  @Test
  void aBodyOfAnyLengthTakesNoRoom() throws Exception {
    String large = "{\"label\":\"" + "a".repeat(100_000) + "\",\"onset\":0.5}";
    assertThat(ask(large).statusCode()).isEqualTo(400);
    HttpRequest chunked =
        question("")
            .POST(
                BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(large.getBytes(US_ASCII))))
            .build();
    assertThat(client.send(chunked, BodyHandlers.ofByteArray()).statusCode()).isEqualTo(400);
  }

  /** One is worked on, two wait; the fourth is sent away. */
  @Test
  void ofManyQuestionsSomeAreSentAway() throws Exception {
    List<CompletableFuture<HttpResponse<byte[]>>> slow = new ArrayList<>();
    String body = "{\"label\":\"slow\",\"onset\":0.5}";
    slow.add(client.sendAsync(question(body).build(), BodyHandlers.ofByteArray()));
    while (asking.get() == 0) {
      Thread.sleep(5);
    }
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      slow.add(client.sendAsync(question(body).build(), BodyHandlers.ofByteArray()));
    }
    CompletableFuture.anyOf(slow.toArray(CompletableFuture[]::new)).join();
    answers.countDown();
    for (CompletableFuture<HttpResponse<byte[]>> one : slow) {
      statuses.add(one.join().statusCode());
    }
    assertThat(statuses).contains(429).filteredOn(status -> status == 200).hasSizeBetween(1, 7);
    assertThat(statuses).containsOnly(200, 429);
  }

  @Test
  void whatCostsMuchIsNotDoneForPagesOfOtherSites() throws Exception {
    String body = "{\"label\":\"dog_bark\",\"onset\":0.4}";
    assertThat(status(question(body).header("Origin", "http://evil.example"))).isEqualTo(403);
    assertThat(status(question(body).header("Sec-Fetch-Site", "cross-site"))).isEqualTo(403);
    assertThat(status(question(body).header("Origin", server.address()))).isEqualTo(200);
    HttpRequest.Builder form =
        HttpRequest.newBuilder(URI.create(server.address() + "/api/what-if"))
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString(body));
    assertThat(status(form)).isEqualTo(415);
    assertThat(asking).hasValue(1);
  }

  private int status(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private HttpResponse<byte[]> ask(String body) throws Exception {
    return client.send(question(body).build(), BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder question(String body) {
    return HttpRequest.newBuilder(URI.create(server.address() + "/api/what-if"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private static JsonNode json(HttpResponse<byte[]> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }
}
