package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SASL_SSL | sasl.jaas.config | hunter2 | Login module control flag not specified in JAAS config",
        "SASL_SSL | sasl.jaas.config | hunter2 required; | No LoginModule found for [hidden]",
        "SASL_SSL | sasl.jaas.config | a.B required c=hunter2 | JAAS config entry not terminated by semi-colon",
        "SSL | ssl.truststore.password | hunter2 | cacerts of type JKS: Keystore was tampered with, or password was incorrect",
        "SSL | ssl.keystore.key | hunter2 | SSL private key can be specified only for PEM, but key store type is JKS.",
        "hunter2 | client.id | x | my.yaml: kafka.client.security.protocol must be what Kafka allows: String"
      })
  void aClientThatCannotBeMadeIsToldInOneLineWithoutTheSecret(
      String protocol, String key, String value, String said) throws Exception {
    // Java's own trust store has another password.
    Path store = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    Path file =
        Files.writeString(
            folder.resolve("my.yaml"),
            """
            kafka:
              bootstrap_servers: 127.0.0.1:1
              client:
                security.protocol: %s
                sasl.mechanism: PLAIN
                ssl.truststore.location: %s
                %s: %s
            """
                .formatted(protocol, store, key, value));
    CommandRun run = CommandRun.of("events", "--config", file.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).singleElement().asString().contains(said).doesNotContain("hunter2");
  }

  @Test
  void noWordOfASecretIsSaid() {
    Map<String, Object> settings =
        Map.of(
            "sasl.jaas.config", "some.Module hunter2 password=\"tr0ub4dor==\" name = x9;",
            "ssl.protocol", "letmein");
    assertThat(Secrets.hidden("flag 'hunter2' in some.Module, tr0ub4dor==, x9.", settings))
        .isEqualTo("flag '[hidden]' in [hidden], [hidden]==, [hidden].");
    assertThat(Secrets.hidden("letmein SSLContext", settings)).isEqualTo("[hidden] SSLContext");
  }

  @Test
  void whatIsNoSecretIsSaid() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", "kafka:9092",
            "security.protocol", "SSL",
            "sasl.mechanism", "PLAIN",
            "ssl.keystore.location", "/etc/keys.p12",
            "sasl.jaas.config", "a.Module required username=\"earshot\" password=\"no\";");
    String said =
        "Invalid username or password, SSL handshake with kafka:9092, PLAIN, /etc/keys.p12 is not known";
    assertThat(Secrets.hidden(said, settings)).isEqualTo(said);
  }
}
