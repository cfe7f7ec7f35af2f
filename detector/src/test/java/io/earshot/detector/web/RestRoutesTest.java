package io.earshot.detector.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.clip.TestEvents;
import io.earshot.detector.event.EventRules;
import io.earshot.detector.event.LoudSoundRules;
import io.earshot.detector.live.FakeTopics;
import io.earshot.detector.live.Live;
import io.earshot.detector.live.LiveSettings;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists, rules and models, asked for rightly and wrongly. */
@Timeout(120)
class RestRoutesTest {
  private static final Instant T = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final String TOKEN = "correct-horse-battery";
  private static final EventRules RULES =
      new EventRules(
          TestEvents.MODEL,
          List.of(
              new EventRules.Rule("dog_bark", 0.5f),
              new EventRules.Rule("background", EventRules.NEVER)));

  private final FakeTopics topics = new FakeTopics();
  private final HttpClient client = HttpClient.newHttpClient();
  private OpenApi openApi;
  private Live live;
  private WebServer server;

  @BeforeEach
  void start() throws Exception {
    openApi = OpenApi.own();
    for (int i = 0; i < 10; i++) {
      Instant onset = T.plusSeconds(i);
      topics.event(TestEvents.json(id(i), "yard", onset, i == 9 ? null : onset.plusMillis(9), 9));
    }
    String candidate =
        """
        {"id":"%s","reason":"too_short","stream":"yard","label":"dog_bark","onset":"%s",
         "offset":"%s","duration_ms":960,"confidence":0.5,"threshold":0.25,"scores":[],
         "model":{"name":"base","version":"1"}}"""
            .formatted(id(20), T, T.plusMillis(960));
    topics.send(Topics.CANDIDATES, "yard", candidate.getBytes(UTF_8), new RecordHeaders());
    live = Live.start(topics, new LiveSettings("1.2", RULES, LoudSoundRules.DEFAULT));
    server = server(new WebSettings("127.0.0.1", 0, ""));
  }

  private WebServer server(WebSettings settings) throws WebException {
    List<InstalledModel> models =
        List.of(
            new InstalledModel("base", "1", "scores", "GPL-3.0", 14, 960L, 1L, true, null),
            new InstalledModel("<b>", null, null, null, null, null, null, false, "no model.yaml"));
    return WebServer.start(
        settings, List.of(new FindingRoutes(live), new FactRoutes(() -> models, RULES)));
  }

  @AfterEach
  void stop() {
    server.close();
    live.close();
  }

  @Test
  void eventsComeLatestFirstAndPageByPage() throws Exception {
    List<String> ids = new ArrayList<>();
    String next = "/api/events?limit=4";
    while (next != null) {
      JsonNode page = json(get(next));
      page.get("events").forEach(event -> ids.add(event.get("id").asText()));
      JsonNode cursor = page.get("next");
      next = cursor.isNull() ? null : "/api/events?limit=4&cursor=" + cursor.asText();
    }
    assertThat(ids).hasSize(10).doesNotHaveDuplicates().startsWith(id(9)).endsWith(id(0));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 10",
    "label=dog_bark&stream=yard, 10",
    "label=siren, 0",
    "label=siren&label=dog_bark, 10",
    "stream=street, 0",
    "state=closed, 9",
    "state=open&state=update, 1",
    "from=2026-01-02T03:04:10.678Z, 5",
    "to=2026-01-02T03:04:10.678Z, 5",
    "from=2026-01-02T04:04:10.678%2B01:00, 5",
    "from=2026-01-02T04:04:10.678+01:00, 5",
    "from=2026-01-02T03:04:10.678Z&to=2026-01-02T03:04:11.678Z, 1",
    "min_confidence=0.9, 10",
    "min_confidence=0.91, 0",
    "limit=3, 3"
  })
  void eachFilterFilters(String query, int count) throws Exception {
    HttpResponse<byte[]> answer = get("/api/events?" + query);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("events")).hasSize(count);
  }

  @Test
  void candidatesAreFilteredByTheirReason() throws Exception {
    HttpResponse<byte[]> all = get("/api/candidates");
    assertThat(json(all).get("candidates")).hasSize(1);
    openApi.check("get", "/api/candidates", 200, all.body());
    assertThat(json(get("/api/candidates?reason=too_short")).get("candidates")).hasSize(1);
    assertThat(json(get("/api/candidates?reason=cooldown")).get("candidates")).isEmpty();
  }

  @Test
  void aTableHasAHeaderAndSaysWhereItGoesOn() throws Exception {
    HttpResponse<byte[]> first = get("/api/events?format=csv&limit=9&label=dog_bark");
    assertThat(first.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
    List<String> lines = new String(first.body(), UTF_8).lines().toList();
    assertThat(lines).hasSize(10);
    assertThat(lines.get(0)).startsWith("id,state,stream,label,onset,offset,duration_ms,");
    assertThat(lines.get(1)).startsWith(id(9) + ",open,yard,dog_bark,2026-01-02T03:04:14.678Z,,9,");
    String link = first.headers().firstValue("link").orElseThrow();
    assertThat(link).matches("</api/events\\?.*>; rel=\"next\"");
    String next = link.substring(1, link.indexOf('>'));
    HttpResponse<byte[]> last = get(next);
    assertThat(new String(last.body(), UTF_8).lines().skip(1))
        .singleElement()
        .asString()
        .startsWith(id(0));
    assertThat(last.headers().firstValue("link")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/events?lable=x | unknown parameter lable; allowed: cursor, format, from, label",
        "/api/events?reason=cooldown | unknown parameter reason; allowed:",
        "/api/events?<script>=x | unknown parameter with a strange name; allowed:",
        "/api/events?state=over | state must be one of open, update, closed",
        "/api/candidates?reason=x | reason must be one of below_onset, below_n_of_m,",
        "/api/events?limit=0 | limit must be a whole number from 1 to 1000",
        "/api/events?limit=1001 | limit must be a whole number from 1 to 1000",
        "/api/events?limit=1.5 | limit must be a whole number from 1 to 1000",
        "/api/events?limit=NaN | limit must be a whole number from 1 to 1000",
        "/api/events?limit=x | limit must be a whole number from 1 to 1000",
        "/api/events?limit=1&limit=2 | limit must be given once",
        "/api/events?min_confidence=1.1 | min_confidence must be a number from 0 to 1",
        "/api/events?min_confidence= | min_confidence must be a number from 0 to 1",
        "/api/events?from=yesterday | from must be a time such as 2026-11-27T10:00:00Z",
        "/api/events?from=%2B999999999-12-31T23:59:59Z | from must be a time such as 2026-11-27T10:00:00Z",
        "/api/candidates?to=-999999999-01-01T00:00:00Z | to must be a time such as 2026-11-27T10:00:00Z",
        "/api/events?to=2026-01-02 | to must be a time such as 2026-11-27T10:00:00Z",
        "/api/events?cursor=x | cursor must be what next was in the answer before",
        "/api/events?format=xml | format must be one of json, csv",
        "/api/rules?x=1 | unknown parameter x; allowed: none",
      })
  void whatIsWrongIsNamedAndWhatIsAllowed(String path, String message) throws Exception {
    String head = path.replace("<", "%3C").replace(">", "%3E");
    HttpResponse<byte[]> answer = get(head);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("error").asText()).startsWith(message).doesNotContain("\n");
    openApi.check("get", path.replaceAll("\\?.*", ""), 400, answer.body());
  }

  @Test
  void tooMuchIsRefused() throws Exception {
    HttpResponse<byte[]> many = get("/api/events?" + "label=a&".repeat(101) + "limit=1");
    assertThat(json(many).get("error").asText()).startsWith("label must be given at most 100");
    HttpResponse<byte[]> large = get("/api/events?label=" + "a".repeat(257));
    assertThat(large.statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/events?label=%zz",
        "/api/events?label=%ff",
        "/api/events?%00=%00",
        "/api/events?cursor=99999999999999999999_x",
        "/api/live?stream=%0d%0aX-Evil:%201"
      })
  void hostileAddressesAreNoFault(String path) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", URI.create(server.address()).getPort())) {
      socket.setSoTimeout(10_000);
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(answer).matches("(?s)HTTP/1.1 (200|400|404) .*").doesNotContain("X-Evil: 1");
    }
  }

  @Test
  void rulesModelsAndTheDescriptionAreAsItSays() throws Exception {
    HttpResponse<byte[]> rules = get("/api/rules");
    openApi.check("get", "/api/rules", 200, rules.body());
    assertThat(json(rules).get("rules")).hasSize(1);
    assertThat(json(rules).get("rules").get(0).get("onset").asDouble()).isEqualTo(0.5);
    HttpResponse<byte[]> models = get("/api/models");
    openApi.check("get", "/api/models", 200, models.body());
    assertThat(json(models).get("models").get(0).get("in_use").asBoolean()).isTrue();
    assertThat(json(get("/api/openapi.json"))).isEqualTo(openApi.document());
  }

  @Test
  void aTokenIsShownOnceAndThenThereIsACookie() throws Exception {
    try (WebServer guarded = server(new WebSettings("127.0.0.1", 0, TOKEN))) {
      URI session = URI.create(guarded.address() + "/api/session");
      HttpRequest.Builder post = HttpRequest.newBuilder(session).POST(BodyPublishers.noBody());
      assertThat(status(post.copy())).isEqualTo(401);
      assertThat(status(post.copy().header("Authorization", "Bearer wrong"))).isEqualTo(401);
      HttpResponse<byte[]> begun =
          client.send(
              post.copy().header("Authorization", "Bearer " + TOKEN).build(),
              BodyHandlers.ofByteArray());
      assertThat(begun.statusCode()).isEqualTo(204);
      String cookie = begun.headers().firstValue("set-cookie").orElseThrow();
      assertThat(cookie)
          .startsWith("earshot_token_" + URI.create(guarded.address()).getPort() + "=")
          .contains("; HttpOnly", "; SameSite=Strict", "; Path=/;")
          .doesNotContain(TOKEN);
      HttpRequest.Builder events =
          HttpRequest.newBuilder(URI.create(guarded.address() + "/api/events"));
      assertThat(status(events.copy())).isEqualTo(401);
      String pair = cookie.substring(0, cookie.indexOf(';'));
      assertThat(status(events.copy().header("Cookie", pair))).isEqualTo(200);
      assertThat(status(events.copy().header("Cookie", pair + "x"))).isEqualTo(401);
    }
  }

  /** Events and candidates are described at two places. */
  @Test
  void theDescriptionHasTheSchemasOfTheTopics() throws Exception {
    for (String name : List.of("Event", "Candidate")) {
      Path file = Path.of("..", "config", name.toLowerCase(Locale.ROOT) + ".schema.json");
      String published =
          Files.readString(file)
              .replace("#/$defs/time", "#/components/schemas/Time")
              .replace("#/$defs/share", "#/components/schemas/Share");
      JsonNode topic = new ObjectMapper().readTree(published);
      JsonNode here = openApi.document().at("/components/schemas/" + name);
      for (String key : List.of("properties", "required", "description", "additionalProperties")) {
        assertThat(here.get(key)).as("%s of %s", key, name).isEqualTo(topic.get(key));
      }
      for (String def : List.of("time", "share")) {
        String other = def.substring(0, 1).toUpperCase(Locale.ROOT) + def.substring(1);
        assertThat(openApi.document().at("/components/schemas/" + other))
            .isEqualTo(topic.get("$defs").get(def));
      }
    }
  }

  private int status(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path)).build();
    return client.send(request, BodyHandlers.ofByteArray());
  }

  private static JsonNode json(HttpResponse<byte[]> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }

  private static String id(int number) {
    return "00000000-0000-3000-8000-%012d".formatted(number);
  }
}
