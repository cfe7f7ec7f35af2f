package io.earshot.detector.alert;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** What both versions of MQTT have in common. */
final class MqttTransport {
  static final int KEEP_ALIVE_SECONDS = 30;

  private MqttTransport() {}

  static MqttClientBuilder builder(MqttSettings settings, String clientId) {
    long millis = settings.timeout().toMillis();
    MqttClientBuilder builder =
        MqttClient.builder()
            .identifier(clientId)
            .transportConfig()
            .serverHost(settings.url().getHost())
            .serverPort(settings.port())
            .socketConnectTimeout(millis, TimeUnit.MILLISECONDS)
            .mqttConnectTimeout(millis, TimeUnit.MILLISECONDS)
            .applyTransportConfig();
    return settings.tls() ? builder.sslWithDefaultConfig() : builder;
  }

  static MqttQos qos(MqttSettings settings) {
    return Objects.requireNonNull(MqttQos.fromCode(settings.qos()));
  }
}
