package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.detector.web.OpenApi;
import io.earshot.detector.web.SseClient;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.app.Sessions;
import io.earshot.producer.app.StreamPump;
import io.earshot.producer.publish.FramePublisher;
import io.earshot.producer.source.AudioSource;
import io.earshot.producer.source.FileSource;
import io.earshot.producer.stream.Pace;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A dog is heard by a real detector, and watched from the first frame on. */
@Timeout(180)
class WatchIT {
  private static final Path DOG = Shared.path("golden/dog.wav");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Config config;
  private ModelPackage model;
  private Map<String, Object> kafka;
  private Web web;
  private OpenApi openApi;

  @Test
  void aDogIsWatchedFromItsFirstFrameToWhatItMightHaveBeen() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
      configure(broker);
      try (Detector detector = Detector.start(config, model, kafka, PipelineMetrics.NONE)) {
        web = Web.start(config, model, kafka);
        openApi = new OpenApi(get("/api/openapi.json", 200));
        assertThat(openApi.routes())
            .containsExactlyInAnyOrderElementsOf(
                web.routes().stream().filter(route -> route.contains(" /api/")).toList());
        String last = watch();
        String id = assertEvents();
        assertLists(id);
        assertStreams();
        assertWhatIf();
        web.close();

        play("street", Instant.now().truncatedTo(ChronoUnit.MILLIS));
        web = Web.start(config, model, kafka);
        comeBack(last);
        assertThat(detector.failed()).isNotDone();
      } finally {
        web.close();
      }
    }
  }

  private void configure(EmbeddedBroker broker) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    config =
        ConfigFile.read(
            null,
            Map.of("model.name", Shared.base().toString(), "web.port", Integer.toString(port)));
    model = ModelOptions.model(config);
    kafka = KafkaSettings.clients(config, broker.bootstrapServers());
    TopicSetup.run(config, kafka);
  }

  /** Gives the id of the last event. */
  private String watch() throws Exception {
    try (SseClient viewer = SseClient.open(web.address() + "/api/live?stream=yard")) {
      openApi.check("LiveHello", viewer.next("hello").data());
      // Sound is measured from when the viewer's consumers have begun.
      List<SseClient.Told> told = new ArrayList<>();
      Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      while (!viewer.has("levels")) {
        play("probe", start);
        start = start.plusSeconds(10);
        Thread.sleep(200);
      }
      play("yard", Instant.now().truncatedTo(ChronoUnit.MILLIS));
      while (true) {
        SseClient.Told next = viewer.next();
        assertThat(next).as("of %s", told).isNotNull();
        told.add(next);
        if (next.name().equals("event")
            && next.data().contains("\"closed\"")
            && next.data().contains("\"yard\"")) {
          break;
        }
      }
      assertTold(told);
      return viewer.lastId();
    }
  }

  private void assertTold(List<SseClient.Told> told) throws Exception {
    JsonNode levels = first(told, "levels", "LiveLevels").get("levels");
    assertThat(levels.properties()).isNotEmpty();
    JsonNode patch = first(told, "patch", "LivePatch");
    assertThat(patch.get("index").asInt()).isZero();
    JsonNode scores = first(told, "scores", "LiveScores");
    assertThat(scores.get("top")).hasSize(5);
    assertThat(scores.get("start")).isEqualTo(patch.get("start"));
    assertThat(told)
        .filteredOn(one -> one.name().equals("event") && one.data().contains("\"open\""))
        .anyMatch(one -> one.data().contains("dog_bark"));
    for (SseClient.Told one : told) {
      if (one.name().equals("event")) {
        openApi.check("Event", one.data());
      }
    }
  }

  private JsonNode first(List<SseClient.Told> told, String name, String schema) throws Exception {
    SseClient.Told first =
        told.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    openApi.check(schema, first.data());
    return JSON.readTree(first.data());
  }

  /** Gives one's id. */
  private String assertEvents() throws Exception {
    JsonNode events = json("/api/events", "/api/events?stream=yard&label=dog_bark").get("events");
    assertThat(events).isNotEmpty();
    JsonNode dog = events.get(0);
    String id = dog.get("id").asText();
    byte[] one = get("/api/events/" + id, 200);
    openApi.check("get", "/api/events/{id}", 200, one);
    assertThat(JSON.readTree(one)).isEqualTo(dog);
    openApi.check(
        "get", "/api/events/{id}/clip.json", 200, get("/api/events/" + id + "/clip.json", 200));
    String other = "00000000-0000-3000-8000-000000000000";
    openApi.check("get", "/api/events/{id}", 404, get("/api/events/" + other, 404));
    return id;
  }

  private void assertLists(String id) throws Exception {
    assertThat(new String(get("/api/events?format=csv", 200), UTF_8).lines())
        .anyMatch(line -> line.startsWith(id + ",closed,yard,dog_bark,"));
    assertThat(json("/api/candidates", "/api/candidates").get("candidates")).isNotNull();
    assertThat(json("/api/models", "/api/models").get("models"))
        .anyMatch(one -> one.get("name").asText().equals("base") && one.get("in_use").asBoolean());
    assertThat(json("/api/rules", "/api/rules").get("rules"))
        .hasSize(13)
        .noneMatch(rule -> rule.get("label").asText().equals("background"));
  }

  private void assertStreams() throws Exception {
    JsonNode streams = json("/api/streams", "/api/streams").get("streams");
    assertThat(streams).extracting(one -> one.get("stream").asText()).contains("probe", "yard");
    for (JsonNode stream : streams) {
      // Each has ended with its file.
      assertThat(stream.get("silent").asBoolean()).isTrue();
      assertThat(stream.get("level_dbfs").asDouble()).isBetween(-90.0, 0.0);
      assertThat(stream.get("noise_floor_dbfs").asDouble()).isBetween(-90.0, 0.0);
    }
  }

  private void assertWhatIf() throws Exception {
    double onset = 0;
    for (JsonNode rule : json("/api/rules", "/api/rules").get("rules")) {
      onset = rule.get("label").asText().equals("dog_bark") ? rule.get("onset").asDouble() : onset;
    }
    JsonNode same = whatIf(200, "{\"label\":\"dog_bark\",\"onset\":%s}".formatted(onset));
    assertThat(same.get("before").asInt()).isPositive().isEqualTo(same.get("after").asInt());
    assertThat(List.of(same.get("appear"), same.get("vanish"), same.get("change")))
        .allMatch(JsonNode::isEmpty);
    JsonNode strict = whatIf(200, "{\"label\":\"dog_bark\",\"onset\":1,\"stream\":\"yard\"}");
    int published =
        json("/api/events", "/api/events?stream=yard&label=dog_bark").get("events").size();
    assertThat(strict.get("before").asInt()).isEqualTo(published);
    assertThat(strict.get("after").asInt()).isZero();
    assertThat(strict.get("vanish")).hasSize(published);
    JsonNode soft = whatIf(200, "{\"label\":\"rain\",\"onset\":0.0001}");
    assertThat(soft.get("appear")).isNotEmpty();
    JsonNode nowhere = whatIf(200, "{\"label\":\"dog_bark\",\"onset\":1,\"stream\":\"street\"}");
    assertThat(nowhere.get("before").asInt()).isZero();
    whatIf(400, "{\"label\":\"Dgo\",\"onset\":0.5}");
  }

  /** The web server has begun anew while a dog was heard. */
  private void comeBack(String last) throws Exception {
    try (SseClient viewer = SseClient.open(web.address() + "/api/live", "Last-Event-ID", last)) {
      while (true) {
        SseClient.Told event = viewer.next("event");
        assertThat(event.data()).contains("\"street\"");
        if (event.data().contains("\"closed\"")) {
          return;
        }
      }
    }
  }

  private void play(String stream, Instant start) throws Exception {
    try (FramePublisher publisher = new FramePublisher(kafka, Topics.FRAMES);
        AudioSource source = FileSource.open(DOG, start)) {
      new StreamPump(stream, Sessions.next(), source, publisher, Pace.FAST, n -> {}).run();
      publisher.flush();
    }
  }

  private JsonNode json(String route, String address) throws Exception {
    byte[] body = get(address, 200);
    openApi.check("get", route, 200, body);
    return JSON.readTree(body);
  }

  private byte[] get(String address, int status) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(web.address() + address)), status);
  }

  private JsonNode whatIf(int status, String body) throws Exception {
    byte[] answer =
        send(
            HttpRequest.newBuilder(URI.create(web.address() + "/api/what-if"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)),
            status);
    openApi.check("post", "/api/what-if", status, answer);
    return JSON.readTree(answer);
  }

  private static byte[] send(HttpRequest.Builder request, int status) throws Exception {
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(status);
    return answer.body();
  }
}
