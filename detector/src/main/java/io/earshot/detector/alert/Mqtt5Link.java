package io.earshot.detector.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.message.Mqtt5ReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.pubrec.Mqtt5PubRecReasonCode;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** MQTT 5. */
final class Mqtt5Link implements MqttLink {
  private static final Set<Mqtt5ReasonCode> FOR_EVER =
      Set.of(
          Mqtt5PubAckReasonCode.NOT_AUTHORIZED,
          Mqtt5PubAckReasonCode.TOPIC_NAME_INVALID,
          Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID,
          Mqtt5PubRecReasonCode.NOT_AUTHORIZED,
          Mqtt5PubRecReasonCode.TOPIC_NAME_INVALID,
          Mqtt5PubRecReasonCode.PAYLOAD_FORMAT_INVALID);

  private final MqttSettings settings;
  private final Mqtt5AsyncClient client;

  Mqtt5Link(MqttSettings settings, String clientId) {
    this.settings = settings;
    this.client = MqttTransport.builder(settings, clientId).useMqttVersion5().buildAsync();
  }

  @Override
  public CompletableFuture<Void> connect() {
    Mqtt5ConnectBuilder.Send<CompletableFuture<Mqtt5ConnAck>> connect =
        client.connectWith().cleanStart(true).keepAlive(MqttTransport.KEEP_ALIVE_SECONDS);
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
        .thenAccept(
            result -> {
              if (result.getError().isPresent()) {
                throw new CompletionException(result.getError().get());
              }
            })
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(refused(failure)));
  }

  private static Throwable refused(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    Mqtt5ReasonCode code = code(cause);
    return code != null && FOR_EVER.contains(code)
        ? new MqttRefused("the broker says " + code)
        : cause;
  }

  /** What the broker answered; null if it did not. It answers QoS 1 and 2 differently. */
  private static Mqtt5ReasonCode code(Throwable failure) {
    if (failure instanceof Mqtt5PubAckException answer) {
      return answer.getMqttMessage().getReasonCode();
    }
    return failure instanceof Mqtt5PubRecException answer
        ? answer.getMqttMessage().getReasonCode()
        : null;
  }

  @Override
  public CompletableFuture<Void> disconnect() {
    return client.disconnect();
  }
}
