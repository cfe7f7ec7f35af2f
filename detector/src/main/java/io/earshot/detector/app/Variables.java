package io.earshot.detector.app;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts variables of the environment, where secrets are kept from files, in for {@code
 * ${EARSHOT_NAME}}. Others than Earshot's own are not taken: those are withheld from commands.
 */
final class Variables {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^{}]*)}");
  private static final Pattern NAME = Pattern.compile("EARSHOT_[A-Za-z0-9_]+");

  private final Map<String, String> environment;

  Variables(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Fills a text in.
   *
   * @param key the path of its key
   * @throws UserException if a variable is not set, or is none of Earshot's
   */
  String in(String text, String key) throws UserException {
    StringBuilder filled = new StringBuilder();
    Matcher matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      String value = value(matcher.group(1), key);
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(filled).toString();
  }

  private String value(String name, String key) throws UserException {
    if (!NAME.matcher(name).matches()) {
      throw UserException.wrongUse(
          key + " must name variables of the environment as ${EARSHOT_...}, not ${" + name + "}");
    }
    String value = environment.get(name);
    if (value == null) {
      throw UserException.wrongUse("environment: " + name + " must be set: " + key + " names it");
    }
    return value;
  }
}
