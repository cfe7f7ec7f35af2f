package io.earshot.detector.app;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Refuses a configuration value by its key, saying what is allowed. */
final class Check {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** A value that is not allowed; the key is the last part of its path. */
  static final class BadValue extends IllegalArgumentException {
    final transient String key;

    /**
     * @param problem how the sentence goes on that begins with the key
     */
    BadValue(String key, String problem) {
      super(problem);
      this.key = key;
    }
  }

  private Check() {}

  static void that(String key, boolean fine, String allowed) {
    if (!fine) {
      throw new BadValue(key, "must be " + allowed);
    }
  }

  /** A setting of Kafka's clients; the value is not quoted. */
  static void client(String key, String value) {
    String problem = ClientSettings.problem(key, value);
    if (problem != null) {
      throw new BadValue("client." + key, problem);
    }
  }

  /** A list of labels or groups; there may be no list. */
  static void names(String key, List<String> names) {
    boolean all = names == null || names.stream().noneMatch(n -> n == null || n.isBlank());
    that(key, all, "a list of names, none of them empty");
  }

  static void notEmpty(String key, String value) {
    that(key, value != null && !value.isBlank(), "a text that is not empty");
  }

  /** Something to listen on; names are not looked up. */
  static void address(String key, String value) {
    boolean address = value != null && ADDRESS.matcher(value).matches();
    that(key, address, "an IP address of this machine, or 0.0.0.0 for all");
  }

  static void between(String key, int value, int least, int most) {
    that(key, value >= least && value <= most, "a whole number from " + least + " to " + most);
  }

  static void between(String key, Duration value, String least, String most) {
    that(
        key,
        value != null
            && value.compareTo(DurationText.parse(least)) >= 0
            && value.compareTo(DurationText.parse(most)) <= 0,
        "a duration from " + least + " to " + most);
  }
}
