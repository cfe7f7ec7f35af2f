package io.earshot.detector.app;

import io.earshot.detector.alert.AlertFilter;
import io.earshot.detector.alert.ExecSettings;
import io.earshot.detector.alert.MqttSettings;
import io.earshot.detector.alert.RetryPolicy;
import io.earshot.detector.alert.SubscriptionSettings;
import io.earshot.detector.alert.TargetSettings;
import io.earshot.detector.alert.WebhookSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The configured subscriptions, with what the environment has to add, ready to be started. */
final class AlertSubscriptions {
  private static final int MOST_PORT = 65_535;

  private final Variables variables;

  private AlertSubscriptions(Map<String, String> environment) {
    this.variables = new Variables(environment);
  }

  /**
   * All of them.
   *
   * @throws UserException if a variable is missing or a value, which is not quoted, is not allowed
   */
  static List<SubscriptionSettings> all(AlertsConfig config, Map<String, String> environment)
      throws UserException {
    AlertSubscriptions subscriptions = new AlertSubscriptions(environment);
    List<SubscriptionSettings> settings = new ArrayList<>();
    for (Map.Entry<String, AlertsConfig.Subscription> entry : config.subscriptions().entrySet()) {
      settings.add(subscriptions.settings(entry.getKey(), entry.getValue()));
    }
    return settings;
  }

  /** The one of that name. */
  static SubscriptionSettings one(AlertsConfig config, String name, Map<String, String> environment)
      throws UserException {
    AlertsConfig.Subscription subscription = config.subscriptions().get(name);
    if (subscription == null) {
      throw UserException.wrongUse(
          "no alerts.subscriptions.%s; known: %s"
              .formatted(name, String.join(", ", config.subscriptions().keySet())));
    }
    return new AlertSubscriptions(environment).settings(name, subscription);
  }

  private SubscriptionSettings settings(String name, AlertsConfig.Subscription subscription)
      throws UserException {
    String file =
        subscription.deadLetters() == null
            ? "data/alerts/" + name + ".dead-letters.jsonl"
            : subscription.deadLetters();
    Path deadLetters = Home.resolve(file);
    return new SubscriptionSettings(
        name,
        new AlertFilter(
            subscription.labels(),
            subscription.streams(),
            subscription.minConfidence(),
            Set.copyOf(subscription.states())),
        RateLimitText.parse(subscription.rateLimit()),
        new RetryPolicy(subscription.attempts(), subscription.backoff(), subscription.maxBackoff()),
        deadLetters,
        target("alerts.subscriptions." + name, subscription));
  }

  private TargetSettings target(String path, AlertsConfig.Subscription subscription)
      throws UserException {
    if (subscription.webhook() != null) {
      return webhook(path + ".webhook", subscription);
    }
    if (subscription.mqtt() != null) {
      return mqtt(path + ".mqtt", subscription);
    }
    return new ExecSettings(subscription.exec().command(), subscription.timeout());
  }

  private WebhookSettings webhook(String path, AlertsConfig.Subscription subscription)
      throws UserException {
    AlertsConfig.Webhook webhook = subscription.webhook();
    URI url = url(variables.in(webhook.url(), path + ".url"), path + ".url", "http", "https");
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, String> header : webhook.headers().entrySet()) {
      String key = path + ".headers." + header.getKey();
      headers.put(
          header.getKey(), header(key, header.getKey(), variables.in(header.getValue(), key)));
    }
    String secret = variables.in(webhook.secret(), path + ".secret");
    return new WebhookSettings(url, secret, headers, subscription.timeout());
  }

  /** The value, if Java allows such a header. */
  private static String header(String key, String name, String value) throws UserException {
    try {
      var unused = HttpRequest.newBuilder().header(name, value);
      return value;
    } catch (IllegalArgumentException e) {
      throw UserException.wrongUse(key + " must be an HTTP header that may be set, with its value");
    }
  }

  private MqttSettings mqtt(String path, AlertsConfig.Subscription subscription)
      throws UserException {
    AlertsConfig.Mqtt mqtt = subscription.mqtt();
    AlertsConfig.HomeAssistant sensors = mqtt.homeAssistant();
    return new MqttSettings(
        url(variables.in(mqtt.url(), path + ".url"), path + ".url", "mqtt", "mqtts"),
        mqtt.version().equals("5") ? 5 : 3,
        mqtt.clientId(),
        variables.in(mqtt.username(), path + ".username"),
        variables.in(mqtt.password(), path + ".password"),
        mqtt.topic(),
        mqtt.qos(),
        mqtt.retain(),
        sensors.enabled() ? sensors.prefix() : "",
        mqtt.statusTopic(),
        subscription.timeout());
  }

  /** The address, which is not quoted: it can hold a secret. */
  private static URI url(String text, String key, String scheme, String secure)
      throws UserException {
    try {
      URI url = new URI(text);
      boolean fine =
          (scheme.equals(url.getScheme()) || secure.equals(url.getScheme()))
              && url.getHost() != null
              && isPort(url.getPort())
              && url.getUserInfo() == null;
      if (fine) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Told below, without what it quotes.
    }
    throw UserException.wrongUse(
        ("%s must be an address that begins with %s:// or %s://, without a user's name in it,"
                + " its port from 1 to %d")
            .formatted(key, scheme, secure, MOST_PORT));
  }

  /** Whether it is one, or none is named. */
  private static boolean isPort(int port) {
    return port == -1 || (port > 0 && port <= MOST_PORT);
  }
}
