package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earshot.detector.alert.Mosquitto;
import io.earshot.detector.alert.WebhookReceiver;
import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts as users run them: processes that are killed, a real MQTT broker that goes away. */
class AlertRolesIT {
  private static final String SECRET = "hunter2";
  private static final Path DOG = Shared.path("golden/dog.wav");

  @TempDir private Path folder;
  private EmbeddedBroker broker;
  private Map<String, Object> kafka;

  @BeforeEach
  void startBroker() throws Exception {
    broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    TopicSetup.run(ConfigFile.read(null, Map.of()), kafka);
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void aKilledProcessLeavesItsLastWillAndOwesNothingForEver() throws Exception {
    Path mqttFolder = Files.createDirectories(folder.resolve("mosquitto"));
    try (Mosquitto mosquitto = Mosquitto.start(mqttFolder);
        WebhookReceiver receiver = WebhookReceiver.start()) {
      Mosquitto.Subscriber home = mosquitto.subscribe();
      Path config =
          config(
              """
              home: {mqtt: {url: "mqtt://127.0.0.1:%d"}, max_backoff: 1s}
              door:
                webhook: {url: "%s", secret: "${EARSHOT_DOOR_SECRET}"}
                max_backoff: 1s
              """
                  .formatted(mosquitto.port(), receiver.url()));
      EarshotProcess first = alerts(config);
      awaitPlaces("home", "door");
      home.await("0 earshot/status online"::equals);
      publish(0, 30);
      home.await(line -> line.contains("\"event-3\""));
      first.process().destroyForcibly();
      home.await("0 earshot/status offline"::equals);
      publish(30, 60);
      // Both subscribers are away, too, for a while.
      mosquitto.end();
      receiver.answer(500, 500, 503);
      EarshotProcess second = alerts(config);
      Thread.sleep(3_000);
      mosquitto.begin();
      Mosquitto.Subscriber later = mosquitto.subscribe();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                List<String> lines = new ArrayList<>(home.lines());
                lines.addAll(later.lines());
                assertThat(ids(lines)).isEqualTo(ids(0, 60));
                assertThat(keys(receiver)).isEqualTo(ids(0, 60));
              });
      second.interrupt();
      assertThat(second.waitFor(20)).as("%s", second).isZero();
      later.await("0 earshot/status offline"::equals);
      for (EarshotProcess process : List.of(first, second)) {
        assertThat(process.toString()).doesNotContain(SECRET).doesNotContain("\tat ");
      }
      assertThat(receiver.requests())
          .allMatch(request -> request.headers().containsKey("X-earshot-signature"));
    }
  }

  /** And the command is not given the secrets that the detector has. */
  @Test
  void theDetectorDeliversWhatItHears() throws Exception {
    Path heard = folder.resolve("heard");
    Path script =
        Files.writeString(
            folder.resolve("alert"),
            "echo \"$EARSHOT_LABEL $EARSHOT_STATE$EARSHOT_DOOR_SECRET\" >> " + heard);
    Path config =
        config(
            """
            script:
              labels: [Dog]
              states: [open, closed]
              exec: {command: [sh, "%s"]}
            """
                .formatted(script));
    String servers = broker.bootstrapServers();
    try (EarshotProcess detector =
            EarshotProcess.start(
                Map.of("EARSHOT_DOOR_SECRET", SECRET),
                "detector",
                "--no-web",
                "--config",
                config.toString(),
                "--bootstrap-servers",
                servers);
        EarshotProcess producer = awaitDetectorAndProduce(detector, servers)) {
      assertThat(producer.waitFor(60)).as("%s", producer).isZero();
      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> Files.exists(heard) && Files.readAllLines(heard).contains("Dog closed"));
      assertThat(Files.readAllLines(heard)).containsOnly("Dog open", "Dog closed");
      assertThat(Files.readAllLines(heard).get(0)).isEqualTo("Dog open");
      detector.interrupt();
      assertThat(detector.waitFor(40)).as("%s", detector).isZero();
    }
  }

  private EarshotProcess awaitDetectorAndProduce(EarshotProcess detector, String servers)
      throws Exception {
    detector.awaitErr(line -> line.startsWith("Detecting"), 60);
    awaitPlaces("script");
    return EarshotProcess.start(
        "producer", "--bootstrap-servers", servers, "--pace", "fast", DOG.toString());
  }

  private EarshotProcess alerts(Path config) throws Exception {
    EarshotProcess process =
        EarshotProcess.start(
            Map.of("EARSHOT_DOOR_SECRET", SECRET, "EARSHOT_LOG", "info"),
            "alerts",
            "--config",
            config.toString(),
            "--bootstrap-servers",
            broker.bootstrapServers());
    process.awaitErr(line -> line.startsWith("Alerts of Kafka at"), 60);
    return process;
  }

  private Path config(String subscriptions) throws Exception {
    String model = "model: {name: yamnet}\n";
    return Files.writeString(
        folder.resolve("my.yaml"), model + "alerts:\n  subscriptions:\n" + subscriptions.indent(4));
  }

  /** Waits until subscriptions have their places in the topic. */
  private void awaitPlaces(String... names) {
    try (Admin admin = Admin.create(kafka)) {
      for (String name : names) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(40))
            .ignoreExceptions()
            .until(
                () ->
                    admin
                            .listConsumerGroupOffsets("earshot-alerts-" + name)
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .size()
                        == 4);
      }
    }
  }

  private void publish(int from, int to) throws Exception {
    ObjectNode event = (ObjectNode) new ObjectMapper().readTree(EVENT);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
      for (int i = from; i < to; i++) {
        event.put("id", "event-" + i).put("stream", "stream-" + i % 5);
        producer
            .send(new ProducerRecord<>(Topics.EVENTS, "stream-" + i % 5, event.toString()))
            .get();
      }
    }
  }

  private static final String EVENT =
      """
      {"state": "open", "label": "dog_bark", "onset": "2026-01-02T03:04:05.678Z",
       "offset": null, "duration_ms": 960, "confidence": 0.9}
      """;

  private static Set<String> ids(int from, int to) {
    Set<String> ids = new TreeSet<>();
    for (int i = from; i < to; i++) {
      ids.add("event-" + i);
    }
    return ids;
  }

  private static Set<String> ids(List<String> lines) throws Exception {
    Set<String> ids = new TreeSet<>();
    for (String line : lines) {
      if (line.endsWith("}")) {
        JsonNode event = new ObjectMapper().readTree(line.substring(line.indexOf('{')));
        ids.add(event.get("id").asText());
      }
    }
    return ids;
  }

  private static Set<String> keys(WebhookReceiver receiver) {
    Set<String> keys = new TreeSet<>();
    receiver.requests().forEach(request -> keys.add(request.headers().getFirst("Idempotency-Key")));
    return keys;
  }
}
