package io.earshot.detector.app;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/**
 * Keeps secrets out of what is said: Kafka's messages quote parts of settings, and a password can
 * stand where it does not belong.
 */
final class Secrets {
  private static final String HIDDEN = "[hidden]";

  /** What stands before the equals sign in a JAAS configuration, such as {@code username}. */
  private static final Pattern NAME = Pattern.compile("(?<=\\s)\\w+\\s*=");

  private Secrets() {}

  /** The message without a word of any setting of Kafka's clients that may be a secret. */
  static String hidden(String message, Map<String, ?> settings) {
    String said = message;
    for (Map.Entry<String, ?> setting : settings.entrySet()) {
      if (isSecret(setting.getKey())) {
        String value = String.valueOf(setting.getValue());
        boolean jaas = setting.getKey().equals("sasl.jaas.config");
        said = without(said, jaas ? NAME.matcher(value).replaceAll(" ") : value);
      }
    }
    return said;
  }

  /** Not the names of files, nor what could only be set to a number or a name of Kafka's own. */
  private static boolean isSecret(String name) {
    ConfigKey key = ClientSettings.KEYS.get(name);
    if (key == null || name.endsWith(".location") || name.endsWith(".file")) {
      return false;
    }
    boolean free =
        key.validator == null
            && (key.type == ConfigDef.Type.STRING || key.type == ConfigDef.Type.LIST);
    return key.type == ConfigDef.Type.PASSWORD
        || (free && !name.equals("sasl.mechanism") && !name.equals("bootstrap.servers"));
  }

  /** Word by word, as Kafka reads a JAAS configuration. */
  private static String without(String message, String value) {
    String said = message;
    for (String word : Arrays.asList(value.split("[\\s\"'=;]+"))) {
      if (!word.isEmpty()) {
        said = said.replaceAll("(?<!\\w)" + Pattern.quote(word) + "(?!\\w)", HIDDEN);
      }
    }
    return said;
  }
}
