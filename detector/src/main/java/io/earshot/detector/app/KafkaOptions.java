package io.earshot.detector.app;

import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --bootstrap-servers}, of the commands that run one role. */
final class KafkaOptions {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Kafka; else the configured one, else that of ./earshot broker.")
  private String bootstrapServers;

  /** The client settings of a Kafka that has answered and has the topics. */
  Map<String, Object> connect(Config config) throws UserException {
    Map<String, Object> kafka = settings(config);
    TopicSetup.run(config, kafka);
    return kafka;
  }

  /** The client settings of a Kafka that nobody has asked yet. */
  Map<String, Object> settings(Config config) {
    return KafkaSettings.clients(
        config,
        bootstrapServers == null ? KafkaSettings.bootstrapServers(config) : bootstrapServers);
  }
}
