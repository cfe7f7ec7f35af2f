package io.earshot.detector.app;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.earshot.detector.event.LoudSoundRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The section {@code events}: when scores become events. {@link RulesOfConfig} makes rules of it.
 *
 * @param defaults for every label
 * @param groups names for several labels
 * @param labels what is decided otherwise, by the name of a label or a group
 * @param allow labels and groups that may have events; all may, if it is empty
 * @param deny those that may not
 */
@JsonNaming(SnakeCaseStrategy.class)
record EventsConfig(
    DecisionConfig defaults,
    Map<String, List<String>> groups,
    Map<String, DecisionConfig> labels,
    List<String> allow,
    List<String> deny,
    List<QuietConfig> quiet,
    LoudSound loudSound) {
  EventsConfig {
    groups = groups == null ? Map.of() : groups;
    labels = labels == null ? Map.of() : labels;
    allow = allow == null ? List.of() : allow;
    deny = deny == null ? List.of() : deny;
    quiet = quiet == null ? List.of() : quiet;
    Check.that("defaults", defaults != null, "keys and values");
    Check.that("loud_sound", loudSound != null, "keys and values");
    new TreeMap<>(groups).forEach(EventsConfig::checkGroup);
    new TreeMap<>(labels).forEach(EventsConfig::checkLabel);
    Check.that(
        "quiet",
        quiet.stream().noneMatch(Objects::isNull),
        "a list of times, each with keys and values");
    Check.names("allow", allow);
    Check.names("deny", deny);
    for (String name : deny) {
      Check.that("deny", !allow.contains(name), "without " + name + ", which is in allow");
    }
  }

  private static void checkGroup(String name, List<String> members) {
    Check.that("groups." + name, members != null && !members.isEmpty(), "a list of labels");
    Check.names("groups." + name, members);
  }

  private static void checkLabel(String name, DecisionConfig decision) {
    Check.that("labels." + name, decision != null, "keys and values");
  }

  /**
   * The built-in label {@code loud_sound}.
   *
   * @param margin dB
   * @param rise dB a second
   * @param fall dB a second
   * @param lowest dBFS
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record LoudSound(
      boolean enabled, double margin, double rise, double fall, Duration learn, double lowest) {
    LoudSound {
      Check.that("margin", margin >= 1 && margin <= 100, "from 1 to 100 dB");
      Check.that("rise", rise >= 0.001 && rise <= 1000, "from 0.001 to 1000 dB a second");
      Check.that("fall", fall >= rise && fall <= 1000, "from the rise to 1000 dB a second");
      Check.between("learn", learn, "0ms", "1h");
      Check.that("lowest", lowest >= -127 && lowest <= 0, "from -127 to 0 dBFS");
    }

    LoudSoundRules rules() {
      return new LoudSoundRules(margin, rise, fall, learn.toMillis() / 1e3, lowest);
    }
  }
}
