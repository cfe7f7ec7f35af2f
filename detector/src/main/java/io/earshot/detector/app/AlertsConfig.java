package io.earshot.detector.app;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.earshot.detector.alert.AlertState;
import io.earshot.detector.alert.TopicTemplate;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code alerts} in the configuration: who is told of events. Values may name variables of the
 * environment, which {@link AlertSubscriptions} puts in.
 */
@JsonNaming(SnakeCaseStrategy.class)
record AlertsConfig(Map<String, Subscription> subscriptions) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  AlertsConfig {
    Map<String, Subscription> given = subscriptions == null ? Map.of() : subscriptions;
    Set<String> statuses = new HashSet<>();
    given.forEach(
        (name, subscription) -> {
          String key = "subscriptions." + name;
          Check.that(key, NAME.matcher(name).matches(), "named with 1 to 64 of A-Za-z0-9._-");
          Check.that(key, subscription != null, "keys and values: labels, webhook and so on");
          subscription.checkTarget(key);
          Mqtt mqtt = subscription.mqtt();
          boolean own = mqtt == null || statuses.add(mqtt.url() + " " + mqtt.statusTopic());
          Check.that(
              key + ".mqtt.status_topic",
              own,
              "another than other subscriptions have, each its own");
        });
    subscriptions = Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record Subscription(
      List<String> labels,
      List<String> streams,
      Double minConfidence,
      List<AlertState> states,
      String rateLimit,
      Duration timeout,
      Integer attempts,
      Duration backoff,
      Duration maxBackoff,
      String deadLetters,
      Webhook webhook,
      Mqtt mqtt,
      Exec exec) {
    private static final int WEBHOOK_ATTEMPTS = 10;
    private static final int EXEC_ATTEMPTS = 3;

    Subscription {
      labels = texts("labels", labels);
      streams = texts("streams", streams);
      minConfidence = minConfidence == null ? 0 : minConfidence;
      Check.that("min_confidence", minConfidence >= 0 && minConfidence <= 1, "from 0 to 1");
      states = states == null ? List.of(AlertState.OPEN) : states;
      boolean some = !states.isEmpty() && states.stream().allMatch(Objects::nonNull);
      Check.that("states", some, "at least one of open, update, closed");
      states = List.copyOf(states);
      boolean limit = rateLimit == null || RateLimitText.isValid(rateLimit);
      Check.that("rate_limit", limit, RateLimitText.FORM);
      timeout = timeout == null ? Duration.ofSeconds(10) : timeout;
      Check.between("timeout", timeout, "100ms", "5m");
      backoff = backoff == null ? Duration.ofSeconds(1) : backoff;
      Check.between("backoff", backoff, "10ms", "1h");
      maxBackoff = maxBackoff == null ? Duration.ofMinutes(5) : maxBackoff;
      Check.between("max_backoff", maxBackoff, "10ms", "1d");
      Check.that("max_backoff", maxBackoff.compareTo(backoff) >= 0, "at least backoff");
      boolean file = deadLetters == null || !deadLetters.isBlank();
      Check.that("dead_letters", file, "the name of a file");
      attempts = attempts == null ? attempts(webhook, exec) : attempts;
      Check.between("attempts", attempts, 0, 1000);
      boolean closes = states.contains(AlertState.OPEN) && states.contains(AlertState.CLOSED);
      boolean sensors = mqtt != null && mqtt.homeAssistant().enabled();
      Check.that("states", !sensors || closes, "open and closed at least, for home_assistant");
    }

    /** What must be there: looked for last, for the reason may be a word that is misspelt. */
    private void checkTarget(String key) {
      long targets = Stream.of(webhook, mqtt, exec).filter(Objects::nonNull).count();
      Check.that(key + ".webhook", targets == 1, "there, or mqtt, or exec: exactly one of them");
      if (webhook != null) {
        Check.notEmpty(key + ".webhook.url", webhook.url());
      } else if (mqtt != null) {
        Check.notEmpty(key + ".mqtt.url", mqtt.url());
      } else {
        boolean program = !exec.command().isEmpty() && !exec.command().get(0).isBlank();
        Check.that(key + ".exec.command", program, Exec.FORM);
      }
    }

    private static List<String> texts(String key, List<String> given) {
      List<String> texts = given == null ? List.of() : given;
      boolean full = texts.stream().allMatch(text -> text != null && !text.isBlank());
      Check.that(key, full, "a list of texts that are not empty");
      return List.copyOf(texts);
    }

    /** What a broker does not take is as a rule a matter of the broker, not of the alert. */
    private static int attempts(Webhook webhook, Exec exec) {
      if (webhook != null) {
        return WEBHOOK_ATTEMPTS;
      }
      return exec == null ? 0 : EXEC_ATTEMPTS;
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record Webhook(String url, String secret, Map<String, String> headers) {
    Webhook {
      secret = secret == null ? "" : secret;
      headers = headers == null ? Map.of() : headers;
      Check.that(
          "headers", headers.values().stream().allMatch(Objects::nonNull), "names with values");
      headers = Map.copyOf(headers);
    }

    /** Nothing of what may be a secret. */
    @Override
    public String toString() {
      return "Webhook";
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record Mqtt(
      String url,
      String version,
      String clientId,
      String username,
      String password,
      String topic,
      Integer qos,
      Boolean retain,
      HomeAssistant homeAssistant,
      String statusTopic) {
    Mqtt {
      version = version == null ? "5" : version;
      Check.that("version", version.equals("5") || version.equals("3.1.1"), "3.1.1 or 5");
      clientId = clientId == null ? "" : clientId;
      username = username == null ? "" : username;
      password = password == null ? "" : password;
      topic = topic == null ? "earshot/{stream}/{label}" : topic;
      Check.that("topic", TopicTemplate.isValid(topic), TopicTemplate.FORM);
      qos = qos == null ? 1 : qos;
      Check.between("qos", qos, 0, 2);
      retain = retain != null && retain;
      homeAssistant = homeAssistant == null ? new HomeAssistant(false, null) : homeAssistant;
      boolean sensors = !homeAssistant.enabled() || TopicTemplate.isOfSensors(topic);
      String places = "with {stream} and {label}, and without {state} and {id}, for home_assistant";
      Check.that("topic", sensors, places);
      statusTopic = statusTopic == null ? "earshot/status" : statusTopic;
      Check.that("status_topic", TopicTemplate.isTopic(statusTopic), "a topic without + or #");
    }

    /** Nothing of what may be a secret. */
    @Override
    public String toString() {
      return "Mqtt";
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record HomeAssistant(Boolean enabled, String prefix) {
    HomeAssistant {
      enabled = enabled != null && enabled;
      prefix = prefix == null ? "homeassistant" : prefix;
      Check.that("prefix", TopicTemplate.isTopic(prefix), "a topic without + or #");
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record Exec(List<String> command) {
    private static final String FORM = "a list of a program and its arguments";

    Exec {
      command = command == null ? List.of() : command;
      Check.that("command", command.stream().allMatch(Objects::nonNull), FORM);
      command = List.copyOf(command);
    }
  }
}
