package io.earshot.detector.app;

import io.earshot.detector.broker.EmbeddedBroker;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** What every Kafka client of this process is given. */
final class KafkaSettings {
  private KafkaSettings() {}

  static Map<String, Object> clients(Config config, String bootstrapServers) {
    Map<String, Object> settings = new HashMap<>(config.kafka().client());
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return settings;
  }

  /** The configured brokers, or the one that {@code ./earshot broker} runs here. */
  static String bootstrapServers(Config config) {
    String servers = config.kafka().bootstrapServers();
    return servers == null || servers.isBlank()
        ? EmbeddedBroker.bootstrapServers(config.broker().listen(), config.broker().port())
        : servers;
  }
}
