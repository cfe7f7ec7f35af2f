package io.earshot.detector.alert;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A broker that will never take a message. */
final class MqttRefused extends Exception {
  MqttRefused(String reason) {
    super(reason);
  }

  /** Publishes; fails with this also if the message is none that MQTT can carry. */
  static CompletableFuture<Void> publish(MqttLink link, MqttMessage message) {
    try {
      return link.publish(message);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(new MqttRefused("MQTT has no such topic"));
    }
  }

  /** Whether that is what a publication has failed with. */
  static boolean isIn(Throwable failure) {
    return cause(failure) instanceof MqttRefused;
  }

  /** What is inside of what stages wrap it in. */
  static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }
}
