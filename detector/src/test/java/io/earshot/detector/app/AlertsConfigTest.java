package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.earshot.detector.alert.AlertState;
import io.earshot.detector.alert.ExecSettings;
import io.earshot.detector.alert.MqttSettings;
import io.earshot.detector.alert.RateLimit;
import io.earshot.detector.alert.RetryPolicy;
import io.earshot.detector.alert.SubscriptionSettings;
import io.earshot.detector.alert.WebhookSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertsConfigTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("EARSHOT_DOOR_SECRET", "hunter2", "EARSHOT_LINES", "a\nb", "EARSHOT_BLANKS", "a b");

  @TempDir private Path folder;

  /** What its comments show is a configuration, and what they call defaults are those. */
  @Test
  void theExampleInTheShippedFileIsOne() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("../config/earshot.yaml"));
    int door = lines.indexOf("  #   door:");
    int end = lines.indexOf("  subscriptions: {}");
    assertThat(door).isBetween(1, end);
    StringBuilder text = new StringBuilder("alerts:\n  subscriptions:\n");
    lines.subList(door, end).forEach(line -> text.append(line.replaceFirst("#", "")).append('\n'));
    Config shown = read(text.toString());
    Config defaults =
        read(
            """
            alerts:
              subscriptions:
                door:
                  labels: [dog_bark, "Smoke *"]
                  rate_limit: 10 per 1m
                  dead_letters: data/alerts/door.dead-letters.jsonl
                  webhook: {url: "https://example.org/hook", secret: "${EARSHOT_DOOR_SECRET}"}
                home: {states: [open, closed], mqtt: {url: "mqtt://127.0.0.1:1883"}}
                script: {exec: {command: [/usr/local/bin/alert, --quiet]}}
            """);
    assertThat(shown.alerts()).isEqualTo(defaults.alerts());
    assertThat(shown.alerts().subscriptions()).containsOnlyKeys("door", "home", "script");
  }

  @Test
  void subscriptionsBecomeWhatTheySay() throws Exception {
    List<SubscriptionSettings> all =
        all(
            """
            door:
              labels: [dog]
              min_confidence: 0.5
              rate_limit: 3 per 5m per stream
              timeout: 3s
              attempts: 7
              backoff: 2s
              max_backoff: 9s
              dead_letters: /x/letters
              webhook:
                url: https://example.org/${EARSHOT_DOOR_SECRET}?a=b
                secret: ${EARSHOT_DOOR_SECRET}
                headers: {Authorization: "Bearer ${EARSHOT_DOOR_SECRET}"}
            home:
              states: [OPEN, update, closed]
              mqtt: {url: "mqtts://h", version: 3.1.1, password: "${EARSHOT_DOOR_SECRET}",
                home_assistant: {enabled: true}}
            script: {exec: {command: [a, "${HOME}"]}}
            """);
    SubscriptionSettings door = all.get(0);
    assertThat(door.name()).isEqualTo("door");
    assertThat(door.group()).isEqualTo("earshot-alerts-door");
    assertThat(door.filter().labels()).containsExactly("dog");
    assertThat(door.filter().minConfidence()).isEqualTo(0.5);
    assertThat(door.filter().states()).containsOnly(AlertState.OPEN);
    assertThat(door.limit())
        .isEqualTo(new RateLimit(3, Duration.ofMinutes(5), RateLimit.Per.STREAM));
    assertThat(door.retry())
        .isEqualTo(new RetryPolicy(7, Duration.ofSeconds(2), Duration.ofSeconds(9)));
    assertThat(door.deadLetters()).isEqualTo(Path.of("/x/letters"));
    assertThat(door.target())
        .isEqualTo(
            new WebhookSettings(
                URI.create("https://example.org/hunter2?a=b"),
                "hunter2",
                Map.of("Authorization", "Bearer hunter2"),
                Duration.ofSeconds(3)));
    assertThat(all.get(1).filter().states()).containsOnly(AlertState.values());
    assertThat(all.get(1).retry().attempts()).isZero();
    assertThat(all.get(1).target())
        .isEqualTo(
            new MqttSettings(
                URI.create("mqtts://h"),
                3,
                "",
                "",
                "hunter2",
                "earshot/{stream}/{label}",
                1,
                false,
                "homeassistant",
                "earshot/status",
                Duration.ofSeconds(10)));
    assertThat(all.get(2).retry().attempts()).isEqualTo(3);
    assertThat(all.get(2).limit()).isEqualTo(RateLimit.NONE);
    assertThat(all.get(2).deadLetters())
        .isEqualTo(Home.resolve("data/alerts/script.dead-letters.jsonl"));
    // What an argument says is the command's own business.
    assertThat(all.get(2).target())
        .isEqualTo(new ExecSettings(List.of("a", "${HOME}"), Duration.ofSeconds(10)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b: {exec: {command: [x]}} | a b must be named with 1 to 64 of A-Za-z0-9._-",
        "'d: ' | d must be keys and values: labels, webhook and so on",
        "d: 5 | d must be keys and values",
        "d: {} | d.webhook must be there, or mqtt, or exec: exactly one of them",
        "d: {exec: {command: [x]}, webhook: {url: 'http://h'}} | d.webhook must be there, or mqtt, or",
        "d: {colour: red} | unknown key alerts.subscriptions.d.colour; known here: ",
        "d: {webhook: {uri: x}} | unknown key alerts.subscriptions.d.webhook.uri; known here: ",
        "d: {webhook: 5} | d.webhook must be keys and values",
        "d: {webhook: {url: ''}} | d.webhook.url must be a text that is not empty",
        "d: {labels: dog, exec: {command: [x]}} | d.labels must be a list, such as [a, b]",
        "d: {labels: [''], exec: {command: [x]}} | d.labels must be a list of texts that are not empty",
        "d: {states: [shut], exec: {command: [x]}} | d.states[0] must be open or update or closed, not \"shut\"",
        "d: {states: [], exec: {command: [x]}} | d.states must be at least one of open, update, closed",
        "d: {min_confidence: 2, exec: {command: [x]}} | d.min_confidence must be from 0 to 1",
        "d: {rate_limit: 0 per 1m, exec: {command: [x]}} | d.rate_limit must be a number up to 1000 per",
        "d: {rate_limit: 5 per 0s, exec: {command: [x]}} | d.rate_limit must be a number up to 1000 per",
        "d: {rate_limit: 5 per 1m per day, exec: {command: [x]}} | d.rate_limit must be a number up to",
        "d: {timeout: 1ms, exec: {command: [x]}} | d.timeout must be a duration from 100ms to 5m",
        "d: {attempts: -1, exec: {command: [x]}} | d.attempts must be a whole number from 0 to 1000",
        "d: {attempts: many, exec: {command: [x]}} | d.attempts must be a whole number, not \"many\"",
        "d: {backoff: 1m, max_backoff: 1s, exec: {command: [x]}} | d.max_backoff must be at least backoff",
        "d: {dead_letters: '', exec: {command: [x]}} | d.dead_letters must be the name of a file",
        "d: {exec: {command: []}} | d.exec.command must be a list of a program and its arguments",
        "d: {exec: {command: x}} | d.exec.command must be a list, such as [a, b]",
        "d: {mqtt: {url: 'mqtt://h', version: 4}} | d.mqtt.version must be 3.1.1 or 5",
        "d: {mqtt: {url: 'mqtt://h', qos: 3}} | d.mqtt.qos must be a whole number from 0 to 2",
        "d: {mqtt: {url: 'mqtt://h', topic: 'a/#'}} | d.mqtt.topic must be an MQTT topic without + or #",
        "d: {mqtt: {url: 'mqtt://h', topic: 'a/{stream}', home_assistant: {enabled: true}}} | d.mqtt.topic must be with {stream} and {label}, and without",
        "d: {mqtt: {url: 'mqtt://h', topic: '{stream}/{label}/{state}', home_assistant: {enabled: true}}} | d.mqtt.topic must be with {stream}",
        "d: {mqtt: {url: 'mqtt://h', topic: '{stream}/{label}/{id}', home_assistant: {enabled: true}}} | d.mqtt.topic must be with {stream}",
        "d: {mqtt: {url: 'mqtt://h', retain: perhaps}} | d.mqtt.retain must be true or false, not",
        "d: {mqtt: {url: 'mqtt://h', home_assistant: {enabled: true}}} | d.states must be open and closed",
        "'d: {mqtt: {url: x}}, e: {mqtt: {url: x}}' | e.mqtt.status_topic must be another than other",
      })
  void aBadOneIsRefusedInOneLineWithThePathAndWhatIsAllowed(String text, String message) {
    UserException e =
        catchThrowableOfType(
            UserException.class, () -> read("alerts: {subscriptions: {" + text + "}}"));
    assertThat(e).as(text).isNotNull();
    assertThat(e.status).isEqualTo(2);
    String path = message.startsWith("unknown") ? "" : "alerts.subscriptions.";
    assertThat(e)
        .hasMessageContaining("my.yaml: " + path + message)
        .hasMessageNotContainingAny("\n", "com.fasterxml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "webhook: {url: 'ftp://hunter2'} | url must be an address that begins with http:// or https://",
        "webhook: {url: 'http://u:hunter2@h'} | url must be an address that begins with http://",
        "webhook: {url: 'http://${EARSHOT_BLANKS}hunter2'} | url must be an address that begins with",
        "webhook: {url: 'http://hunter2:65536'} | url must be an address that begins with http:// or https://, without a user's name in it, its port from 1 to 65535",
        "webhook: {url: 'http://hunter2:0'} | url must be an address that begins with",
        "mqtt: {url: 'mqtt://hunter2:70000'} | url must be an address that begins with mqtt://",
        "webhook: {url: 'http:hunter2'} | url must be an address that begins with http://",
        "webhook: {url: 'http://h', headers: {Host: hunter2}} | headers.Host must be an HTTP header",
        "webhook: {url: 'http://h', headers: {X: '${EARSHOT_LINES}'}} | headers.X must be an HTTP header",
        "mqtt: {url: 'http://hunter2'} | url must be an address that begins with mqtt:// or mqtts://",
      })
  void whatIsFoundWrongAtTheStartIsNotQuoted(String text, String message) {
    UserException e = catchThrowableOfType(UserException.class, () -> all("door: {" + text + "}"));
    assertThat(e).as(text).isNotNull();
    assertThat(e.status).isEqualTo(2);
    assertThat(e)
        .hasMessageMatching("alerts\\.subscriptions\\.door\\.(webhook|mqtt)\\..*")
        .hasMessageContaining(message)
        .hasMessageNotContainingAny("hunter2", "\n");
  }

  @Test
  void noSecretIsInWhatIsPrintedOfSettings() throws Exception {
    Config config =
        read(
            """
            alerts:
              subscriptions:
                a: {webhook: {url: "http://h/hunter2", secret: hunter2, headers: {X: hunter2}}}
                b: {mqtt: {url: "mqtt://h", username: hunter2, password: hunter2}}
            """);
    assertThat(config.toString()).doesNotContain("hunter2");
    assertThat(AlertSubscriptions.all(config.alerts(), Map.of()).toString())
        .doesNotContain("hunter2");
  }

  private List<SubscriptionSettings> all(String subscriptions) throws Exception {
    Config config = read("alerts:\n  subscriptions:\n" + subscriptions.indent(4));
    return AlertSubscriptions.all(config.alerts(), ENVIRONMENT);
  }

  private Config read(String text) throws Exception {
    return ConfigFile.read(Files.writeString(folder.resolve("my.yaml"), text), Map.of());
  }
}
