package io.earshot.detector.alert;

/** How a subscription's alerts are delivered. */
public sealed interface TargetSettings permits WebhookSettings, MqttSettings, ExecSettings {}
