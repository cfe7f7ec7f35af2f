package io.earshot.detector.alert;

/** A broker that will never take a message. */
final class MqttRefused extends Exception {
  MqttRefused(String reason) {
    super(reason);
  }
}
