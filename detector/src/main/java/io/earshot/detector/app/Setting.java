package io.earshot.detector.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A setting of the command line, {@code KEY=VALUE}.
 *
 * @param key as {@code events.labels.dog.onset}
 * @param value YAML, as in the configuration's file
 */
record Setting(String key, String value) {
  /** What is meant by the keys of {@code events} that are none of its own. */
  private static final String EVENTS = "events.";

  private static final String LABELS = "events.labels.";

  static List<Setting> all(List<String> texts) throws UserException {
    List<Setting> all = new ArrayList<>();
    for (String text : texts) {
      all.add(of(text));
    }
    return all;
  }

  private static Setting of(String text) throws UserException {
    int equals = text.indexOf('=');
    if (equals < 1 || !text.substring(0, equals).matches("[^.\\s][^.]*(\\.[^.]+)*")) {
      throw UserException.wrongUse(
          "--set: \"" + text + "\" is not KEY=VALUE, such as events.defaults.onset=0.4");
    }
    return new Setting(text.substring(0, equals), text.substring(equals + 1));
  }

  /** The value, read as YAML. */
  JsonNode yaml(YAMLMapper mapper) throws UserException {
    try {
      JsonNode node = mapper.readTree(value);
      return node.isMissingNode() ? NullNode.getInstance() : node;
    } catch (JsonProcessingException e) {
      throw UserException.wrongUse("command line: %s: \"%s\" is not YAML".formatted(key, value), e);
    }
  }

  /**
   * With {@code labels} where it was left out: {@code events.dog.onset}.
   *
   * @param sections the keys of {@code events}
   */
  Setting withLabels(Predicate<String> sections) {
    String[] parts = key.split("\\.", -1);
    boolean label = parts.length == 3 && key.startsWith(EVENTS) && !sections.test(parts[1]);
    return label ? new Setting(LABELS + key.substring(EVENTS.length()), value) : this;
  }
}
