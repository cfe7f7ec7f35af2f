package io.earshot.detector.alert;

/**
 * What is published.
 *
 * @param retained whether the broker keeps it for those who come later
 */
record MqttMessage(String topic, String payload, boolean retained) {
  static MqttMessage retained(String topic, String text) {
    return new MqttMessage(topic, text, true);
  }
}
