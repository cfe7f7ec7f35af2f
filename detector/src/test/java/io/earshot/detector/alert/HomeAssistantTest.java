package io.earshot.detector.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HomeAssistantTest {
  private static final MqttSettings SETTINGS =
      new MqttSettings(
          URI.create("mqtt://127.0.0.1"),
          5,
          "",
          "",
          "",
          "earshot/{stream}/{label}",
          1,
          false,
          "homeassistant",
          "earshot/status",
          Duration.ofSeconds(1));

  @Test
  void aSensorIsMadeKnownWithItsDeviceAndItsTopics() throws Exception {
    Alert alert = AlertEvents.alert("1", "open", "yard", "dog_bark", 1);
    MqttMessage message = HomeAssistant.discovery(SETTINGS, "earshot/yard/dog_bark", alert);
    assertThat(message.topic())
        .isEqualTo("homeassistant/binary_sensor/earshot_yard/dog_bark/config");
    assertThat(message.retained()).isTrue();
    ObjectMapper json = new ObjectMapper();
    // As Home Assistant's documentation of the binary sensor names the keys.
    assertThat(json.readTree(message.payload()))
        .isEqualTo(
            json.readTree(
                """
                {
                  "name": "dog_bark",
                  "unique_id": "earshot.yard.dog_bark",
                  "device_class": "sound",
                  "state_topic": "earshot/yard/dog_bark/state",
                  "payload_on": "ON",
                  "payload_off": "OFF",
                  "json_attributes_topic": "earshot/yard/dog_bark",
                  "availability_topic": "earshot/status",
                  "payload_available": "online",
                  "payload_not_available": "offline",
                  "device": {
                    "identifiers": ["earshot_yard"],
                    "name": "Earshot yard",
                    "manufacturer": "Earshot"
                  },
                  "origin": {"name": "Earshot"}
                }
                """));
  }

  @Test
  void noTwoSensorsAreOne() throws Exception {
    assertThat(uniqueId("door", "bell_ring")).isNotEqualTo(uniqueId("door_bell", "ring"));
  }

  private static String uniqueId(String stream, String label) throws Exception {
    Alert alert = AlertEvents.alert("1", "open", stream, label, 1);
    MqttMessage message = HomeAssistant.discovery(SETTINGS, "t", alert);
    return new ObjectMapper().readTree(message.payload()).get("unique_id").asText();
  }

  @ParameterizedTest
  @CsvSource({"open, ON", "update, ON", "closed, OFF"})
  void aSensorIsOnUntilTheEventIsClosed(String state, String payload) {
    MqttMessage message = HomeAssistant.state("t", AlertEvents.alert("1", state, "yard", "dog", 1));
    assertThat(message.topic()).isEqualTo("t/state");
    assertThat(message.payload()).isEqualTo(payload);
    assertThat(message.retained()).isTrue();
  }

  /** The checksum is that of Python's {@code zlib.crc32}. */
  @Test
  void namesOfOtherLettersAreToldApart() {
    assertThat(HomeAssistant.name("Walk, footsteps")).isEqualTo("Walk__footsteps_e434f77e");
    assertThat(HomeAssistant.name("Walk; footsteps")).isNotEqualTo("Walk__footsteps_e434f77e");
    assertThat(HomeAssistant.name("dog_bark-2")).isEqualTo("dog_bark-2");
  }
}
