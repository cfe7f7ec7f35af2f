package io.earshot.detector.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An MQTT topic with places for what the alert says: {@code earshot/{stream}/{label}}.
 *
 * <p>What is filled in stays one level: {@code / + # %} and control characters become {@code %2F}
 * and so on, as in web addresses.
 */
public final class TopicTemplate {
  /** What a template may be. */
  public static final String FORM =
      "an MQTT topic without + or #, with places {stream}, {label}, {state} and {id}";

  private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");
  private static final Pattern UNFIT = Pattern.compile("[/+#%\\p{Cntrl}]");
  private static final Set<String> PLACES = Set.of("stream", "label", "state", "id");

  /** What topics are, by the standard: neither empty nor longer than this. */
  private static final int MOST_BYTES = 65_535;

  private TopicTemplate() {}

  /** Whether it is one; topics that begin with a dollar sign are the broker's own. */
  public static boolean isValid(String template) {
    String rest = PLACE.matcher(template).replaceAll("");
    return PLACE.matcher(template).results().allMatch(place -> PLACES.contains(place.group(1)))
        && isTopic(template)
        && rest.chars().noneMatch(c -> c == '{' || c == '}');
  }

  /** Whether it can be published to. */
  public static boolean isTopic(String topic) {
    return !topic.isBlank()
        && !topic.startsWith("$")
        && topic.chars().noneMatch(c -> c == '+' || c == '#' || Character.isISOControl(c))
        && topic.getBytes(UTF_8).length <= MOST_BYTES / 2;
  }

  /** Whether it gives one topic for each stream and label, whatever else events say. */
  public static boolean isOfSensors(String template) {
    Set<String> places =
        PLACE.matcher(template).results().map(place -> place.group(1)).collect(toSet());
    return places.equals(Set.of("stream", "label"));
  }

  static String fill(String template, Alert alert) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> Matcher.quoteReplacement(level(alert.body().path(place.group(1)).asText())));
  }

  private static String level(String text) {
    return UNFIT
        .matcher(text)
        .replaceAll(unfit -> String.format(Locale.ROOT, "%%%02X", (int) unfit.group().charAt(0)));
  }
}
