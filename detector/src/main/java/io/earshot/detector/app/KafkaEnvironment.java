package io.earshot.detector.app;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of Kafka's clients out of the environment, where secrets are kept from files: {@code
 * EARSHOT_KAFKA_SASL_JAAS_CONFIG} is {@code sasl.jaas.config}. They win over the file's.
 */
final class KafkaEnvironment {
  private static final String PREFIX = "EARSHOT_KAFKA_";
  private static final String SERVERS = "bootstrap.servers";

  private KafkaEnvironment() {}

  /**
   * Puts the environment's settings over those of the file.
   *
   * @throws UserException a variable names no such setting, or one that users may not set; the
   *     value is not quoted
   */
  static Config over(Config config, Map<String, String> environment) throws UserException {
    Map<String, String> client = new HashMap<>(config.kafka().client());
    client.putAll(settings(environment));
    String servers = client.remove(SERVERS);
    return config.with(
        config.kafka().with(servers == null ? config.kafka().bootstrapServers() : servers, client));
  }

  private static Map<String, String> settings(Map<String, String> environment)
      throws UserException {
    Map<String, String> settings = new HashMap<>();
    // In order, so that of two faults it is always the same that is named.
    for (Map.Entry<String, String> entry : new TreeMap<>(environment).entrySet()) {
      String variable = entry.getKey();
      if (variable.startsWith(PREFIX)) {
        String key = key(variable);
        String problem = key.equals(SERVERS) ? null : ClientSettings.problem(key, entry.getValue());
        if (problem != null) {
          throw UserException.wrongUse("environment: " + variable + " " + problem);
        }
        settings.put(key, entry.getValue());
      }
    }
    return settings;
  }

  /** No two settings differ in dots and underscores alone. */
  private static String key(String variable) {
    String setting = variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
    return setting.replace('_', '.');
  }
}
