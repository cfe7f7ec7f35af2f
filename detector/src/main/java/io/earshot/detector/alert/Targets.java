package io.earshot.detector.alert;

import java.net.ProxySelector;

/** Makes targets of their settings. */
final class Targets {
  private Targets() {}

  /**
   * Opens the target; nothing is sent yet.
   *
   * @param subscription its name
   * @param proxies for webhooks
   */
  static Target open(TargetSettings settings, String subscription, ProxySelector proxies) {
    if (settings instanceof WebhookSettings webhook) {
      return new WebhookTarget(webhook, proxies);
    }
    if (settings instanceof MqttSettings mqtt) {
      return new MqttTarget(mqtt, subscription);
    }
    return new ExecTarget((ExecSettings) settings, subscription);
  }
}
