package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingTest {
  @TempDir private Path folder;

  @Test
  void settingsWinOverTheFileAndFlagsOverSettings() throws Exception {
    Path file = Files.writeString(folder.resolve("c.yaml"), "inference: {linger: 7ms, threads: 3}");
    List<Setting> settings =
        Setting.all(List.of("inference.linger=9ms", "segments.hop=480ms", "model.name=x"));
    Config config = ConfigFile.read(file, settings, Map.of("model.name", "y"));
    assertThat(config.inference().linger()).isEqualTo(Duration.ofMillis(9));
    assertThat(config.inference().threads()).isEqualTo(3);
    assertThat(config.segments().hop()).isEqualTo(Duration.ofMillis(480));
    assertThat(config.model().name()).isEqualTo("y");
  }

  @Test
  void aLabelOfTheFileKeepsItsOtherRules() throws Exception {
    Path file =
        Files.writeString(folder.resolve("c.yaml"), "events: {labels: {dog: {onset: 0.7}}}");
    Config config =
        ConfigFile.read(file, Setting.all(List.of("events.labels.dog.offset=0.4")), Map.of());
    assertThat(config.events().labels().get("dog").onset()).isEqualTo(0.7);
    assertThat(config.events().labels().get("dog").offset()).isEqualTo(0.4);
  }

  @Test
  void labelsMayBeLeftOutOfAKey() throws Exception {
    Config config =
        ConfigFile.read(
            null, Setting.all(List.of("events.dog.onset=0.4", "events.deny=[cat]")), Map.of());
    assertThat(config.events().labels().get("dog").onset()).isEqualTo(0.4);
    assertThat(config.events().deny()).containsExactly("cat");
  }

  @Test
  void settingsOfKafkasClientsHaveDotsInTheirNames() throws Exception {
    List<Setting> settings = Setting.all(List.of("kafka.client.security.protocol=SASL_SSL"));
    assertThat(ConfigFile.read(null, settings, Map.of()).kafka().client())
        .isEqualTo(Map.of("security.protocol", "SASL_SSL"));
  }

  @Test
  void labelsMayHaveDotsInThem() throws Exception {
    String label = "Bee, wasp, etc.";
    for (String key : List.of("events.labels.%s.onset=0.4", "events.%s.onset=0.4")) {
      Config config = ConfigFile.read(null, Setting.all(List.of(key.formatted(label))), Map.of());
      assertThat(config.events().labels().get(label).onset()).isEqualTo(0.4);
    }
  }

  @Test
  void whatIsWrongIsSaidToComeFromTheCommandLine() {
    assertThat(problem("inference.lingr=9ms"))
        .startsWith("command line: unknown key inference.lingr; known here: ");
    assertThat(problem("nothing.at.all=1"))
        .startsWith("command line: unknown key nothing; known here: ");
    assertThat(problem("inference.linger.more=9ms"))
        .isEqualTo(
            "command line: unknown key inference.linger.more; linger has a value of its own");
    assertThat(problem("inference.linger=9"))
        .isEqualTo(
            "command line: inference.linger must be a duration such as 100ms, 5s, 2m, 6h or 7d, not \"9\"");
    assertThat(problem("events.defaults.onset=2"))
        .startsWith("command line: events.defaults.onset must be");
    assertThat(problem("events.quiet=[{from: '22:00', to: '22:00'}]"))
        .startsWith("command line: events.quiet[0].to must be ");
    assertThat(problem("events.deny=[a"))
        .isEqualTo("command line: events.deny: \"[a\" is not YAML");
    assertThat(problem("events.deny"))
        .isEqualTo("--set: \"events.deny\" is not KEY=VALUE, such as events.defaults.onset=0.4");
    assertThat(problem("=3")).startsWith("--set: ");
  }

  /** Else the flag of the same section would have nothing to be put into. */
  @Test
  void aSectionIsNotReplacedByAValue() {
    Map<String, String> hop = Map.of("segments.hop", "480ms");
    assertThat(problem("segments=", hop))
        .isEqualTo("command line: segments must hold keys: hop, threads");
    assertThat(problem("segments=", Map.of()))
        .isEqualTo("command line: segments must hold keys: hop, threads");
    assertThat(problem("model=yamnet", Map.of("model.name", "base")))
        .isEqualTo("command line: model must hold keys: name, directory");
  }

  @Test
  void aFlagIsPutIntoASectionOfTheCommandLine() throws Exception {
    List<Setting> settings = Setting.all(List.of("segments={threads: 2}", "events.labels="));
    Config config = ConfigFile.read(null, settings, Map.of("segments.hop", "480ms"));
    assertThat(config.segments()).isEqualTo(new Config.Segments(Duration.ofMillis(480), 2));
  }

  private static String problem(String setting) {
    return problem(setting, Map.of());
  }

  private static String problem(String setting, Map<String, String> flags) {
    UserException e =
        catchThrowableOfType(
            UserException.class, () -> ConfigFile.read(null, Setting.all(List.of(setting)), flags));
    assertThat(e.status).isEqualTo(UserException.WRONG_USE);
    return e.getMessage();
  }
}
