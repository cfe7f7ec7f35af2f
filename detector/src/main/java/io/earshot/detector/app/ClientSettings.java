package io.earshot.detector.app;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;

/** What users may set of Kafka's clients. Values are never quoted: any may be a secret. */
final class ClientSettings {
  /** Every setting of any client, by its name. */
  static final Map<String, ConfigKey> KEYS = keys();

  /** What delivery hangs on, and what the stages take bytes for. */
  private static final Set<String> OWN =
      Set.of(
          "acks",
          "allow.auto.create.topics",
          "auto.offset.reset",
          "enable.auto.commit",
          "enable.idempotence",
          "group.id",
          "group.instance.id",
          "group.protocol",
          "isolation.level",
          "key.deserializer",
          "key.serializer",
          "max.in.flight.requests.per.connection",
          "partition.assignment.strategy",
          "partitioner.class",
          "partitioner.ignore.keys",
          "transaction.timeout.ms",
          "transaction.two.phase.commit.enable",
          "transactional.id",
          "value.deserializer",
          "value.serializer");

  /** Kafka looks for their classes late, and quotes the names of those that it does not find. */
  private static final Set<String> PLUG_INS =
      Set.of("config.providers", "interceptor.classes", "metric.reporters", "security.providers");

  private ClientSettings() {}

  /**
   * Says what is wrong with a setting.
   *
   * @return how the sentence goes on that begins with its key: {@code must be ...}; null if it may
   *     be set so
   */
  static String problem(String key, String value) {
    if (OWN.contains(key)) {
      return "must be left out: Earshot sets it itself, or events could be lost";
    }
    if (key.equals("bootstrap.servers") || key.equals("bootstrap.controllers")) {
      return "must be left out: kafka.bootstrap_servers names the brokers";
    }
    if (PLUG_INS.contains(key)) {
      return "must be left out: Earshot has no plug-ins of Kafka's clients";
    }
    return KEYS.containsKey(key)
        ? refused(KEYS.get(key), value)
        : "must be a setting of Kafka's clients, such as security.protocol or sasl.jaas.config";
  }

  private static String refused(ConfigKey key, String value) {
    try {
      Object parsed = ConfigDef.parseType(key.name, value, key.type);
      if (key.validator != null) {
        key.validator.ensureValid(key.name, parsed);
      }
      return null;
    } catch (ConfigException e) {
      String text = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
      String reason = text.replaceFirst("^.*? for configuration " + key.name + ":? ?", "");
      boolean telling = !reason.equals(text) && !value.isBlank() && !reason.contains(value.strip());
      return "must be what Kafka allows" + (telling ? ": " + reason : "");
    }
  }

  private static Map<String, ConfigKey> keys() {
    Map<String, ConfigKey> keys = new TreeMap<>();
    keys.putAll(AdminClientConfig.configDef().configKeys());
    keys.putAll(ConsumerConfig.configDef().configKeys());
    keys.putAll(ProducerConfig.configDef().configKeys());
    return keys;
  }
}
