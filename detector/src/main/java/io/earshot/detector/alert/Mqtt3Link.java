package io.earshot.detector.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectBuilder;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAck;
import java.util.concurrent.CompletableFuture;

/** MQTT 3.1.1, whose brokers have no way to refuse a single message. */
final class Mqtt3Link implements MqttLink {
  private final MqttSettings settings;
  private final Mqtt3AsyncClient client;

  Mqtt3Link(MqttSettings settings, String clientId) {
    this.settings = settings;
    this.client = MqttTransport.builder(settings, clientId).useMqttVersion3().buildAsync();
  }

  @Override
  public CompletableFuture<Void> connect() {
    Mqtt3ConnectBuilder.Send<CompletableFuture<Mqtt3ConnAck>> connect =
        client.connectWith().cleanSession(true).keepAlive(MqttTransport.KEEP_ALIVE_SECONDS);
    if (!settings.username().isEmpty()) {
      connect
          .simpleAuth()
          .username(settings.username())
          .password(settings.password().getBytes(UTF_8))
          .applySimpleAuth();
    }
    if (!settings.statusTopic().isEmpty()) {
      connect
          .willPublish()
          .topic(settings.statusTopic())
          .qos(MqttQos.AT_LEAST_ONCE)
          .retain(true)
          .payload(MqttTarget.OFFLINE.getBytes(UTF_8))
          .applyWillPublish();
    }
    return connect.send().thenApply(answer -> null);
  }

  @Override
  public boolean isConnected() {
    return client.getState().isConnected();
  }

  @Override
  public CompletableFuture<Void> publish(MqttMessage message) {
    return client
        .publishWith()
        .topic(message.topic())
        .qos(MqttTransport.qos(settings))
        .retain(message.retained())
        .payload(message.payload().getBytes(UTF_8))
        .send()
        .thenApply(sent -> null);
  }

  @Override
  public CompletableFuture<Void> disconnect() {
    return client.disconnect();
  }
}
