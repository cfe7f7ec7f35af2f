package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaEnvironmentTest {
  @TempDir Path folder;

  private static Config over(String yaml, Path folder, Map<String, String> environment)
      throws Exception {
    Path file = Files.writeString(folder.resolve("my.yaml"), yaml);
    return KafkaEnvironment.over(ConfigFile.read(file, Map.of()), environment);
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws Exception {
    Config config =
        over(
            "kafka: {bootstrap_servers: 'a:1', client: {client.id: file, security.protocol: SSL}}",
            folder,
            Map.of(
                "EARSHOT_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "EARSHOT_KAFKA_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM", "",
                "EARSHOT_KAFKA_BOOTSTRAP_SERVERS", "b:2",
                "EARSHOT_JAVA_OPTS", "-Xmx1g",
                "KAFKA_ACKS", "0"));
    assertThat(config.kafka().client())
        .isEqualTo(
            Map.of(
                "client.id", "file",
                "security.protocol", "SASL_SSL",
                "ssl.endpoint.identification.algorithm", ""));
    assertThat(KafkaSettings.bootstrapServers(config)).isEqualTo("b:2");
    assertThat(config.kafka().partitions()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SASL_JASS_CONFIG | must be a setting of Kafka's clients, such as security.protocol or sasl.jaas.config",
        "PROCESSING_GUARANTEE | must be a setting of Kafka's clients, such as security.protocol or sasl.jaas.config",
        "ACKS | must be left out: Earshot sets it itself, or events could be lost",
        "ENABLE_AUTO_COMMIT | must be left out: Earshot sets it itself, or events could be lost",
        "ISOLATION_LEVEL | must be left out: Earshot sets it itself, or events could be lost",
        "GROUP_ID | must be left out: Earshot sets it itself, or events could be lost",
        "TRANSACTIONAL_ID | must be left out: Earshot sets it itself, or events could be lost",
        "VALUE_SERIALIZER | must be left out: Earshot sets it itself, or events could be lost",
        "INTERCEPTOR_CLASSES | must be left out: Earshot has no plug-ins of Kafka's clients",
        "REQUEST_TIMEOUT_MS | must be what Kafka allows: Not a number of type INT",
        "SASL_CLIENT_CALLBACK_HANDLER_CLASS | must be what Kafka allows",
        "SECURITY_PROTOCOL | must be what Kafka allows: String must be one of (case insensitive)"
      })
  void aVariableThatCannotBeSetIsNamedWithoutItsValue(String setting, String problem) {
    String variable = "EARSHOT_KAFKA_" + setting;
    UserException e =
        catchThrowableOfType(
            UserException.class, () -> over("", folder, Map.of(variable, "hunter2")));
    assertThat(e.status).isEqualTo(2);
    assertThat(e)
        .hasMessageStartingWith("environment: " + variable + " " + problem)
        .hasMessageNotContainingAny("hunter2", "\n");
  }
}
