package io.earshot.detector.alert;

import java.util.concurrent.CompletableFuture;

/** One connection to an MQTT broker; when it has gone, it has gone. */
interface MqttLink {
  CompletableFuture<Void> connect();

  boolean isConnected();

  /**
   * Completes when the broker has the message, as far as the quality of service tells.
   *
   * @return fails with {@link MqttRefused} if it will never take it
   */
  CompletableFuture<Void> publish(MqttMessage message);

  /** Says goodbye: the last will is then not published. */
  CompletableFuture<Void> disconnect();
}
