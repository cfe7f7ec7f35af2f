package io.earshot.detector.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A setting of the command line, {@code KEY=VALUE}.
 *
 * @param key as {@code events.labels.dog.onset}
 * @param value YAML, as in the configuration's file
 */
record Setting(String key, String value) {
  private static final String EVENTS = "events.";

  private static final String LABELS = "events.labels.";
  private static final String CLIENT = "kafka.client.";

  static List<Setting> all(List<String> texts) throws UserException {
    List<Setting> all = new ArrayList<>();
    for (String text : texts) {
      all.add(of(text));
    }
    return all;
  }

  private static Setting of(String text) throws UserException {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw UserException.wrongUse(
          "--set: \"" + text + "\" is not KEY=VALUE, such as events.defaults.onset=0.4");
    }
    return new Setting(text.substring(0, equals), text.substring(equals + 1));
  }

  /**
   * Puts it into the configuration.
   *
   * @return the key
   */
  String put(ObjectNode tree, YAMLMapper mapper) throws UserException {
    String full = withLabels(tree.path("events"));
    put(tree, full, yaml(mapper));
    return full;
  }

  /**
   * Puts a value into the configuration. What is not there on the way to the key is made: if it may
   * not be, it is found when the whole is bound.
   */
  static void put(ObjectNode tree, String full, JsonNode value) throws UserException {
    List<String> keys = parts(full);
    ObjectNode parent = tree;
    for (String part : keys.subList(0, keys.size() - 1)) {
      JsonNode child = parent.path(part);
      if (child.isMissingNode() || child.isNull()) {
        parent = parent.putObject(part);
      } else if (child instanceof ObjectNode object) {
        parent = object;
      } else {
        throw UserException.wrongUse(
            "command line: unknown key %s; %s has a value of its own".formatted(full, part));
      }
    }
    String last = keys.get(keys.size() - 1);
    checkSection(full, parent.path(last), value);
    parent.set(last, value);
  }

  /** What has keys is never taken away by what has none. */
  private static void checkSection(String full, JsonNode there, JsonNode value)
      throws UserException {
    if (there.isObject() && !there.isEmpty() && !value.isObject()) {
      String keys =
          there.properties().stream().map(Map.Entry::getKey).collect(Collectors.joining(", "));
      throw UserException.wrongUse("command line: %s must hold keys: %s".formatted(full, keys));
    }
  }

  /** The key, with {@code labels} where it was left out: {@code events.dog.onset}. */
  private String withLabels(JsonNode events) {
    boolean label = key.matches("events\\..+\\.[^.]+") && !events.has(key.split("\\.", 3)[1]);
    return label ? LABELS + key.substring(EVENTS.length()) : key;
  }

  /** Labels may have dots in them, {@code Bee, wasp, etc.}, and Kafka's settings have. */
  private static List<String> parts(String full) {
    int last = full.lastIndexOf('.');
    if (full.startsWith(CLIENT)) {
      return List.of("kafka", "client", full.substring(CLIENT.length()));
    }
    return full.startsWith(LABELS) && last > LABELS.length()
        ? List.of(
            "events", "labels", full.substring(LABELS.length(), last), full.substring(last + 1))
        : List.of(full.split("\\.", -1));
  }

  private JsonNode yaml(YAMLMapper mapper) throws UserException {
    try {
      JsonNode node = mapper.readTree(value);
      return node.isMissingNode() ? NullNode.getInstance() : node;
    } catch (JsonProcessingException e) {
      throw UserException.wrongUse("command line: %s: \"%s\" is not YAML".formatted(key, value), e);
    }
  }
}
