package io.earshot.detector.web;

import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The parameters of a request's address; what cannot be understood is refused by name. */
final class Parameters {
  private static final String TOKEN = "token";
  private static final int MOST_VALUES = 100;
  private static final int MOST_CHARACTERS = 256;

  /** RFC 3339 has no later one. */
  private static final int LAST_YEAR = 9_999;

  private final Map<String, List<String>> values;

  /**
   * Reads them.
   *
   * @throws Refusal if there are others than those that are known, or too many
   */
  Parameters(Context context, Set<String> known) {
    values = context.queryParamMap();
    for (Map.Entry<String, List<String>> each : values.entrySet()) {
      if (!known.contains(each.getKey()) && !each.getKey().equals(TOKEN)) {
        String allowed = known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known));
        throw new Refusal(
            400, "unknown parameter %s; allowed: %s".formatted(shown(each.getKey()), allowed));
      }
      if (each.getValue().size() > MOST_VALUES
          || each.getValue().stream().anyMatch(value -> value.length() > MOST_CHARACTERS)) {
        throw refusal(
            each.getKey(),
            "given at most %d times, with up to %d characters"
                .formatted(MOST_VALUES, MOST_CHARACTERS));
      }
    }
  }

  static Refusal refusal(String name, String allowed) {
    return new Refusal(400, name + " must be " + allowed);
  }

  /** The only one of that name; null if there is none. */
  String text(String name) {
    List<String> all = values.getOrDefault(name, List.of());
    if (all.size() > 1) {
      throw refusal(name, "given once");
    }
    return all.isEmpty() ? null : all.get(0);
  }

  Set<String> all(String name) {
    return new HashSet<>(values.getOrDefault(name, List.of()));
  }

  /** All of that name, each of which must be one of those that are allowed. */
  Set<String> all(String name, List<String> allowed) {
    Set<String> all = all(name);
    if (!allowed.containsAll(all)) {
      throw refusal(name, "one of " + String.join(", ", allowed));
    }
    return all;
  }

  String oneOf(String name, List<String> allowed) {
    String text = text(name);
    if (text == null) {
      return allowed.get(0);
    }
    if (!allowed.contains(text)) {
      throw refusal(name, "one of " + String.join(", ", allowed));
    }
    return text;
  }

  /** Null if there is none. */
  Instant time(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      // In an address a plus means a space, and many forget it.
      OffsetDateTime time = OffsetDateTime.parse(text.replace(' ', '+'));
      if (time.getYear() >= 0 && time.getYear() <= LAST_YEAR) {
        return time.toInstant();
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw refusal(name, "a time such as 2026-11-27T10:00:00Z");
  }

  double number(String name, double least, double most, double other) {
    String allowed = "a number from %s to %s".formatted(shown(least), shown(most));
    return number(name, least, most, other, allowed);
  }

  int wholeNumber(String name, int least, int most, int other) {
    String allowed = "a whole number from %d to %d".formatted(least, most);
    double number = number(name, least, most, other, allowed);
    if (number != Math.rint(number)) {
      throw refusal(name, allowed);
    }
    return (int) number;
  }

  private double number(String name, double least, double most, double other, String allowed) {
    String text = text(name);
    try {
      double number = text == null ? other : Double.parseDouble(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw refusal(name, allowed);
  }

  private static String shown(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static String shown(String name) {
    return name.matches("[A-Za-z0-9_.-]{1,40}") ? name : "with a strange name";
  }
}
