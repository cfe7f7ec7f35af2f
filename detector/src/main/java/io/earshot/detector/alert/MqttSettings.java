package io.earshot.detector.alert;

import java.net.URI;
import java.time.Duration;

/**
 * An MQTT broker.
 *
 * @param url mqtt or mqtts
 * @param version 3 for 3.1.1, or 5
 * @param clientId empty for one made up
 * @param username empty for none
 * @param topic a {@link TopicTemplate}
 * @param discoveryPrefix of Home Assistant's discovery messages; empty for none
 * @param statusTopic says online and offline; empty for none
 * @param timeout of connecting and of publishing one alert
 */
public record MqttSettings(
    URI url,
    int version,
    String clientId,
    String username,
    String password,
    String topic,
    int qos,
    boolean retain,
    String discoveryPrefix,
    String statusTopic,
    Duration timeout)
    implements TargetSettings {
  private static final int PORT = 1883;
  private static final int TLS_PORT = 8883;

  boolean tls() {
    return url.getScheme().equals("mqtts");
  }

  int port() {
    int standard = tls() ? TLS_PORT : PORT;
    return url.getPort() == -1 ? standard : url.getPort();
  }

  /** For a try beside the real one, of which nobody is to see a trace that stays. */
  MqttSettings withoutTraces() {
    return new MqttSettings(
        url, version, "", username, password, topic, qos, false, "", "", timeout);
  }

  @Override
  public String toString() {
    return "mqtt at " + url.getHost();
  }
}
