package io.earshot.detector.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Tells Home Assistant of a binary sensor for each stream and label, which is on while the event
 * goes on (home-assistant.io, "MQTT", discovery; "MQTT binary sensor").
 */
final class HomeAssistant {
  private static final Pattern UNFIT = Pattern.compile("[^A-Za-z0-9_-]");

  private HomeAssistant() {}

  /**
   * The message that makes the sensor known.
   *
   * @param alertTopic on which the alerts of that stream and label come
   */
  static MqttMessage discovery(MqttSettings settings, String alertTopic, Alert alert) {
    String stream = name(alert.stream());
    String label = name(alert.label());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", alert.label());
    // Neither holds a full stop.
    json.put("unique_id", "earshot." + stream + "." + label);
    json.put("device_class", "sound");
    json.put("state_topic", stateTopic(alertTopic));
    json.put("payload_on", "ON");
    json.put("payload_off", "OFF");
    json.put("json_attributes_topic", alertTopic);
    if (!settings.statusTopic().isEmpty()) {
      json.put("availability_topic", settings.statusTopic());
      json.put("payload_available", MqttTarget.ONLINE);
      json.put("payload_not_available", MqttTarget.OFFLINE);
    }
    ObjectNode device = json.putObject("device");
    device.putArray("identifiers").add("earshot_" + stream);
    device.put("name", "Earshot " + alert.stream());
    device.put("manufacturer", "Earshot");
    json.putObject("origin").put("name", "Earshot");
    String topic =
        "%s/binary_sensor/earshot_%s/%s/config"
            .formatted(settings.discoveryPrefix(), stream, label);
    return MqttMessage.retained(topic, json.toString());
  }

  static MqttMessage state(String alertTopic, Alert alert) {
    String state = alert.state() == AlertState.CLOSED ? "OFF" : "ON";
    return MqttMessage.retained(stateTopic(alertTopic), state);
  }

  private static String stateTopic(String alertTopic) {
    return alertTopic + "/state";
  }

  /** In the letters that discovery allows; what had others is told apart by its checksum. */
  static String name(String text) {
    String fit = UNFIT.matcher(text).replaceAll("_");
    if (fit.equals(text)) {
      return fit;
    }
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(UTF_8));
    return fit + String.format(Locale.ROOT, "_%08x", sum.getValue());
  }
}
