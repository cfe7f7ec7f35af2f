package io.earshot.detector.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts to a real Mosquitto, in both versions of MQTT. */
class MqttTargetIT {
  private static final Alert OPEN =
      AlertEvents.alert("7", "open", "yard", "Walk/run, dog", 0.9).to("home", 0);
  private static final Alert CLOSED =
      AlertEvents.alert("7", "closed", "yard", "Walk/run, dog", 0.9).to("home", 0);
  private static final String TOPIC = "earshot/yard/Walk%2Frun, dog";

  @TempDir private Path folder;
  private Mosquitto mosquitto;

  @AfterEach
  void end() {
    if (mosquitto != null) {
      mosquitto.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void anAlertIsPublishedAndRetainedOnlyIfItIsToBe(int version) throws Exception {
    mosquitto = Mosquitto.start(folder);
    Mosquitto.Subscriber live = mosquitto.subscribe();
    try (MqttTarget target = target(settings(version, false, "", "earshot/status"))) {
      assertThat(target.send(OPEN).join()).isEqualTo(Outcome.DELIVERED);
      assertThat(live.await(line -> line.startsWith("0 " + TOPIC + " ")))
          .isEqualTo("0 " + TOPIC + " " + new String(OPEN.json(), UTF_8));
      Mosquitto.Subscriber later = mosquitto.subscribe();
      later.await("1 earshot/status online"::equals);
      assertThat(later.lines()).noneMatch(line -> line.contains(TOPIC));
    }
    try (MqttTarget target = target(settings(version, true, "", ""))) {
      assertThat(target.send(CLOSED).join()).isEqualTo(Outcome.DELIVERED);
      mosquitto
          .subscribe("-V", "311")
          .await(("1 " + TOPIC + " " + new String(CLOSED.json(), UTF_8))::equals);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void theStatusIsOnlineWhileConnectedAndOfflineAfterwards(int version) throws Exception {
    mosquitto = Mosquitto.start(folder);
    Mosquitto.Subscriber live = mosquitto.subscribe();
    MqttTarget target = target(settings(version, false, "", "earshot/status"));
    target.idle();
    live.await("0 earshot/status online"::equals);
    target.close();
    live.await("0 earshot/status offline"::equals);
    mosquitto.subscribe().await("1 earshot/status offline"::equals);
    target.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void homeAssistantIsToldOfEachSensorOnceAndOfItsState(int version) throws Exception {
    mosquitto = Mosquitto.start(folder);
    Mosquitto.Subscriber live = mosquitto.subscribe();
    try (MqttTarget target = target(settings(version, false, "homeassistant", "earshot/status"))) {
      assertThat(target.send(OPEN).join()).isEqualTo(Outcome.DELIVERED);
      live.await(("0 " + TOPIC + "/state ON")::equals);
      Mosquitto.Subscriber later = mosquitto.subscribe();
      String discovery = later.await(line -> line.startsWith("1 homeassistant/binary_sensor/"));
      assertThat(discovery.split(" ")[1]).matches("[A-Za-z0-9_/-]+/config");
      JsonNode json = new ObjectMapper().readTree(discovery.substring(discovery.indexOf('{')));
      later.await(("1 " + json.get("state_topic").asText() + " ON")::equals);
      later.await(("1 " + json.get("availability_topic").asText() + " online")::equals);
      assertThat(target.send(CLOSED).join()).isEqualTo(Outcome.DELIVERED);
      live.await(("0 " + TOPIC + "/state OFF")::equals);
      live.await(
          line ->
              line.startsWith("0 " + json.get("json_attributes_topic").asText() + " {")
                  && line.contains("closed"));
      assertThat(live.lines()).filteredOn(line -> line.contains("/config ")).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void aBrokerThatComesBackIsToldAllAgain(int version) throws Exception {
    mosquitto = Mosquitto.start(folder);
    try (MqttTarget target = target(settings(version, false, "homeassistant", "earshot/status"))) {
      assertThat(target.send(OPEN).join()).isEqualTo(Outcome.DELIVERED);
      mosquitto.end();
      Outcome gone = target.send(CLOSED).join();
      assertThat(gone.kind()).isEqualTo(Outcome.Kind.FAILED);
      assertThat(gone.reason()).isNotBlank();
      mosquitto.begin();
      Mosquitto.Subscriber live = mosquitto.subscribe();
      // Nothing is sent: it comes back by itself.
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                target.idle();
                return live.lines().stream().anyMatch(line -> line.endsWith("/status online"));
              });
      Mosquitto.Subscriber later = mosquitto.subscribe();
      later.await(line -> line.startsWith("1 homeassistant/binary_sensor/"));
      later.await(line -> line.startsWith("1 " + TOPIC + "/state O"));
      assertThat(target.send(CLOSED).join()).isEqualTo(Outcome.DELIVERED);
      later.await(("0 " + TOPIC + "/state OFF")::equals);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void aPasswordIsGivenAndNeverSaid(int version) throws Exception {
    Path passwords = Mosquitto.passwords(folder, "ear", "hunter2");
    mosquitto = Mosquitto.start(folder, "allow_anonymous false", "password_file " + passwords);
    MqttSettings none = settings(version, false, "", "earshot/status");
    try (MqttTarget right = target(with(none, "ear", "hunter2"));
        MqttTarget wrong = target(with(none, "ear", "hunter3"))) {
      assertThat(right.send(OPEN).join()).isEqualTo(Outcome.DELIVERED);
      Outcome refused = wrong.send(OPEN).join();
      assertThat(refused.kind()).isEqualTo(Outcome.Kind.FAILED);
      assertThat(refused.reason()).containsIgnoringCase("NOT_AUTHORIZED").doesNotContain("hunter");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aTopicThatIsForbiddenIsRefusedForGoodInVersion5(int qos) throws Exception {
    Path rules = Files.writeString(folder.resolve("acl"), "topic write earshot/status\n");
    mosquitto = Mosquitto.start(folder, "allow_anonymous true", "acl_file " + rules);
    try (MqttTarget target = target(settings(5, false, "homeassistant", "earshot/status", qos))) {
      for (int i = 0; i < 2; i++) {
        assertThat(target.send(OPEN).join())
            .isEqualTo(Outcome.refused("the broker says NOT_AUTHORIZED"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void qualityOfService2Delivers(int version) throws Exception {
    mosquitto = Mosquitto.start(folder);
    Mosquitto.Subscriber live = mosquitto.subscribe();
    try (MqttTarget target =
        target(settings(version, false, "homeassistant", "earshot/status", 2))) {
      assertThat(target.send(OPEN).join()).isEqualTo(Outcome.DELIVERED);
      live.await(("0 " + TOPIC + "/state ON")::equals);
      live.await(line -> line.startsWith("0 " + TOPIC + " {"));
    }
  }

  /** More than a client has on its way at once. */
  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void aBrokerThatHasLostManySensorsIsToldAllAgain(int version) throws Exception {
    mosquitto = Mosquitto.start(folder);
    try (MqttTarget target = target(settings(version, false, "homeassistant", "earshot/status"))) {
      for (int i = 0; i < 300; i++) {
        Alert alert = AlertEvents.alert("" + i, "open", "yard", "label-" + i, 0.9);
        assertThat(target.send(alert).join()).isEqualTo(Outcome.DELIVERED);
      }
      mosquitto.end();
      mosquitto.begin();
      Mosquitto.Subscriber live = mosquitto.subscribe();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> target.send(CLOSED).join().kind() == Outcome.Kind.DELIVERED);
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(live.lines())
                      .filteredOn(line -> line.matches("0 earshot/yard/label-\\d+/state ON"))
                      .hasSize(300));
    }
  }

  /** Half of a pair of UTF-16, and more than a topic can hold. */
  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void aLabelThatNoTopicCanHoldIsRefusedForGood(int version) throws Exception {
    mosquitto = Mosquitto.start(folder);
    Mosquitto.Subscriber live = mosquitto.subscribe();
    try (MqttTarget target = target(settings(version, false, "homeassistant", "earshot/status"))) {
      for (String label : List.of("a\ud800", "a".repeat(70_000))) {
        Alert alert = AlertEvents.alert("7", "open", "yard", label, 1);
        assertThat(target.send(alert).join()).isEqualTo(Outcome.refused("MQTT has no such topic"));
      }
      assertThat(target.send(OPEN).join()).isEqualTo(Outcome.DELIVERED);
      live.await(line -> line.startsWith("0 " + TOPIC + " "));
    }
  }

  @Test
  void aBrokerThatIsNotThereFailsInTime() throws Exception {
    mosquitto = Mosquitto.start(folder);
    mosquitto.end();
    try (MqttTarget target = target(settings(5, false, "", "earshot/status"))) {
      long began = System.nanoTime();
      assertThat(target.send(OPEN).join().kind()).isEqualTo(Outcome.Kind.FAILED);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
    }
  }

  private MqttSettings settings(int version, boolean retain, String prefix, String status) {
    return settings(version, retain, prefix, status, 1);
  }

  private MqttSettings settings(
      int version, boolean retain, String prefix, String status, int qos) {
    return new MqttSettings(
        mosquitto.url(),
        version,
        "",
        "",
        "",
        "earshot/{stream}/{label}",
        qos,
        retain,
        prefix,
        status,
        Duration.ofSeconds(5));
  }

  private static MqttSettings with(MqttSettings settings, String user, String password) {
    return new MqttSettings(
        settings.url(),
        settings.version(),
        "",
        user,
        password,
        settings.topic(),
        1,
        false,
        "",
        "",
        settings.timeout());
  }

  private static MqttTarget target(MqttSettings settings) {
    return new MqttTarget(settings, "home");
  }
}
