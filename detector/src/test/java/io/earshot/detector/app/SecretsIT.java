package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that fail, with Kafka at its most talkative: the secret in them is never said. */
class SecretsIT {
  private static final String SECRET = "hunter2";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SASL_SSL | SASL_JAAS_CONFIG | some.Module hunter2 password=x; | Invalid login module control flag '[hidden]'",
        "SSL | SSL_PROTOCOL | hunter2 | [hidden] SSLContext not available"
      })
  void oneLineSaysWhatIsWrongAndNoSecret(String protocol, String name, String value, String said)
      throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("EARSHOT_LOG", "info");
    environment.put("EARSHOT_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    environment.put("EARSHOT_KAFKA_SECURITY_PROTOCOL", protocol);
    environment.put("EARSHOT_KAFKA_SASL_MECHANISM", "PLAIN");
    environment.put("EARSHOT_KAFKA_" + name, value);
    try (EarshotProcess events = EarshotProcess.start(environment, "events")) {
      assertThat(events.waitFor(30)).as("%s", events).isEqualTo(2);
      assertThat(events.out()).isEmpty();
      List<String> err = events.err();
      assertThat(err).filteredOn(line -> line.startsWith("earshot: ")).hasSize(1);
      assertThat(err.get(err.size() - 1)).startsWith("earshot: ").contains(said);
      assertThat(String.join("\n", err)).doesNotContain(SECRET).doesNotContain("\tat ");
    }
  }
}
