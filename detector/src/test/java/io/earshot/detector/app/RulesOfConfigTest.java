package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.earshot.detector.event.Candidate.Reason;
import io.earshot.detector.event.EventRules;
import io.earshot.detector.event.LoudSoundRules;
import io.earshot.detector.event.Smoothing;
import io.earshot.models.pack.ModelPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the configuration and the model package make of each other. */
class RulesOfConfigTest {
  @TempDir static Path packages;
  private static ModelPackage small;
  private static ModelPackage yamnet;
  @TempDir Path folder;

  @BeforeAll
  static void load() throws Exception {
    small = ModelPackage.load(SmallModel.classifier(packages));
    yamnet = ModelPackage.load(Shared.yamnet());
  }

  @Test
  void theBackgroundRaisesNoEventWhateverTheThreshold() throws Exception {
    assertThat(rules(small, "").rules())
        .containsExactly(
            new EventRules.Rule("Dog", 0.6f), new EventRules.Rule("background", EventRules.NEVER));
    assertThat(rules(small, "defaults: {onset: 0.1}").rules())
        .containsExactly(
            new EventRules.Rule("Dog", 0.1f), new EventRules.Rule("background", EventRules.NEVER));
  }

  @Test
  void aLabelsOwnEntryWinsOverItsGroupsAndASmallerGroupOverALargerOne() throws Exception {
    Map<String, EventRules.Rule> rules =
        byLabel(
            """
            defaults: {onset: 0.2, offset: 0.1, cooldown: 1s}
            groups: {both: [Meow, Purr]}
            labels:
              Animal: {onset: 0.5, n_of_m: 2 of 3, min_duration: 2s}
              both: {onset: 0.6, merge_gap: 3s}
              Meow: {onset: 0.7, max_duration: 1m, smoothing: median, smoothing_segments: 5}
            """);
    EventRules.Rule meow = rules.get("Meow");
    assertThat(meow.onset()).isEqualTo(0.7f);
    assertThat(meow.offset()).isEqualTo(0.1f);
    assertThat(meow.hits()).isEqualTo(2);
    assertThat(meow.of()).isEqualTo(3);
    assertThat(meow.min()).isEqualTo(2_000);
    assertThat(meow.merge()).isEqualTo(3_000);
    assertThat(meow.max()).isEqualTo(60_000);
    assertThat(meow.cooldown()).isEqualTo(1_000);
    assertThat(meow.smoothing()).isEqualTo(new Smoothing(Smoothing.Kind.MEDIAN, 5));
    assertThat(rules.get("Purr").onset()).isEqualTo(0.6f);
    assertThat(rules.get("Bark").onset()).as("of Animal").isEqualTo(0.5f);
    assertThat(rules.get("Animal").onset()).isEqualTo(0.5f);
    assertThat(rules.get("Siren").onset()).isEqualTo(0.2f);
    assertThat(rules.get("Siren").hits()).isEqualTo(1);
  }

  @Test
  void withoutAllowAllMayButThoseThatAreDenied() throws Exception {
    Map<String, EventRules.Rule> rules = byLabel("deny: [Music, Speech]");
    assertThat(rules.get("Piano").barred()).isEqualTo(Reason.DENIED);
    assertThat(rules.get("Conversation").barred()).isEqualTo(Reason.DENIED);
    assertThat(rules.get("Dog").barred()).isNull();
  }

  @Test
  void ofTheNamesOnBothListsTheNarrowestCounts() throws Exception {
    Map<String, EventRules.Rule> rules =
        byLabel(
            """
            groups: {barks: [Bark, Bow-wow]}
            allow: [Animal, Piano, barks]
            deny: [Bird, Music, Meow, Dog]
            """);
    assertThat(rules.get("Moo").barred()).as("of Animal").isNull();
    assertThat(rules.get("Caw").barred()).as("of Bird").isEqualTo(Reason.DENIED);
    assertThat(rules.get("Bark").barred()).as("of barks, of Dog").isNull();
    assertThat(rules.get("Yip").barred()).as("of Dog").isEqualTo(Reason.DENIED);
    assertThat(rules.get("Meow").barred()).isEqualTo(Reason.DENIED);
    assertThat(rules.get("Piano").barred()).isNull();
    assertThat(rules.get("Siren").barred()).isEqualTo(Reason.NOT_ALLOWED);
  }

  @Test
  void quietHoursAreOfTheirLabels() throws Exception {
    Map<String, EventRules.Rule> rules =
        byLabel(
            """
            quiet:
              - {labels: [Dog], from: "22:00", to: "06:00", days: mon-fri, zone: Europe/Vienna}
              - {cron: "0 12 * * *", duration: 1h}
            """);
    assertThat(rules.get("Bark").quiet()).hasSize(2);
    assertThat(rules.get("Siren").quiet()).hasSize(1);
    // Friday, a quarter to eleven in the evening there.
    Instant night = Instant.parse("2026-01-02T21:45:00Z");
    assertThat(rules.get("Bark").quiet().get(0).covers(night)).isTrue();
    assertThat(rules.get("Siren").quiet().get(0).covers(night)).isFalse();
    assertThat(rules.get("Siren").quiet().get(0).covers(Instant.parse("2026-01-02T12:59:00Z")))
        .isTrue();
  }

  @Test
  void theLoudSoundIsDecidedByItsOwnEntry() throws Exception {
    assertThat(rules(small, "").loud()).isNull();
    assertThat(
            rules(small, "{defaults: {onset: 0.1, min_duration: 2s}, loud_sound: {enabled: true}}"))
        .satisfies(
            rules -> {
              assertThat(rules.loud().levels()).isEqualTo(LoudSoundRules.DEFAULT);
              assertThat(rules.loud().rule().onset()).isEqualTo(0.5f);
              assertThat(rules.loud().rule().min()).isEqualTo(2_000);
            });
    EventRules changed =
        rules(
            small,
            "{labels: {loud_sound: {onset: 0.8}}, loud_sound: {enabled: true, margin: 20, learn: 1s}}");
    assertThat(changed.loud().rule().onset()).isEqualTo(0.8f);
    assertThat(changed.loud().levels()).isEqualTo(new LoudSoundRules(20, 1, 20, 1, -70));
  }

  @Test
  void theHopIsThatOfTheSegments() throws Exception {
    Config config = ConfigFile.read(null, Map.of("segments.hop", "240ms"));
    assertThat(RulesOfConfig.of(config, small).hopMillis()).isEqualTo(240);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "labels: {Dgo: {onset: 0.5}} | events.labels.Dgo: \"Dgo\": model dogs has no label or group"
            + " of that name; nearest: Dog; ",
        "deny: [dog] | events.deny: \"dog\": model dogs has no label or group of that name; nearest:"
            + " Dog; ",
        "allow: [Siren] | events.allow: \"Siren\": model dogs has no label",
        "'quiet: [{labels: [Cat], from: \"22:00\", to: \"06:00\"}]' | events.quiet[0].labels: \"Cat\":"
            + " model dogs has no",
        "groups: {mine: [Dog, Cat]} | events.groups.mine: \"Cat\": model dogs has no label",
        "deny: [background] | events.deny: \"background\": the background of model dogs never raises",
        "labels: {Dog: {offset: 0.7}} | events.labels.Dog.offset must be at most the onset of Dog, 0.6",
        "defaults: {offset: 0.7} | events.defaults.offset must be at most the onset of Dog, 0.6",
        "{defaults: {max_duration: 5s}, labels: {Dog: {min_duration: 6s}}} |"
            + " events.labels.Dog.min_duration must be at most the max_duration of Dog",
        "{defaults: {smoothing: median}, labels: {Dog: {smoothing_segments: 4}}} |"
            + " events.labels.Dog.smoothing_segments must be an odd number for a median",
      })
  void rulesThatDoNotFitTheModelAreRefused(String events, String message) {
    UserException e = catchThrowableOfType(UserException.class, () -> rules(small, events));
    assertThat(e).as(events).isNotNull();
    assertThat(e.status).isEqualTo(2);
    assertThat(e).hasMessageStartingWith(message);
  }

  private Map<String, EventRules.Rule> byLabel(String events) throws Exception {
    Map<String, EventRules.Rule> rules = new HashMap<>();
    rules(yamnet, events).rules().forEach(rule -> rules.put(rule.label(), rule));
    return rules;
  }

  private EventRules rules(ModelPackage model, String events) throws Exception {
    String indented = events.startsWith("{") ? events : "\n" + events.indent(2);
    Path file = Files.writeString(folder.resolve("my.yaml"), "events: " + indented);
    return RulesOfConfig.of(ConfigFile.read(file, Map.of()), model);
  }
}
