package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DetectorRolesTest {
  private static final Set<Role> EVERY = Set.of(Role.values());

  @Test
  void aDetectorDoesAllUnlessToldOtherwise() throws Exception {
    assertThat(roles(Map.of())).isEqualTo(EVERY);
    assertThat(roles(Map.of(), "--role", "all")).isEqualTo(EVERY);
    assertThat(roles(Map.of(), "--role", "web,all")).isEqualTo(EVERY);
  }

  @ParameterizedTest
  @CsvSource({
    "segment, SEGMENT",
    "inference, INFERENCE",
    "'event,segment', 'SEGMENT,EVENT'",
    "'alert,alert', ALERT",
    "Web, WEB"
  })
  void itDoesWhatIsNamed(String names, String expected) throws Exception {
    Set<Role> roles =
        List.of(expected.split(",")).stream().map(Role::valueOf).collect(Collectors.toSet());
    assertThat(roles(SUBSCRIPTION, "--role", names)).isEqualTo(roles);
  }

  @Test
  void theFlagMayBeThereSeveralTimes() throws Exception {
    assertThat(roles(Map.of(), "--role", "segment", "--role", "event,alert"))
        .containsExactlyInAnyOrder(Role.SEGMENT, Role.EVENT, Role.ALERT);
  }

  @Test
  void theConfigurationNamesThemToo() throws Exception {
    Map<String, String> two = Map.of("detector.roles", "[inference, web]");
    assertThat(roles(two)).containsExactlyInAnyOrder(Role.INFERENCE, Role.WEB);
    assertThat(roles(two, "--role", "event")).containsExactly(Role.EVENT);
  }

  @Test
  void whatIsSwitchedOffIsTakenAway() throws Exception {
    assertThat(roles(Map.of(), "--no-web"))
        .containsExactlyInAnyOrder(Role.SEGMENT, Role.INFERENCE, Role.EVENT, Role.ALERT);
    assertThat(roles(Map.of("web.enabled", "false"), "--role", "event,web"))
        .containsExactly(Role.EVENT);
    assertRefused(Map.of(), "nothing is left to do", "--role", "web", "--no-web");
    assertRefused(Map.of("web.enabled", "false"), "nothing is left to do", "--role", "web");
  }

  @Test
  void alertsWithoutSubscriptionsAreNoRole() {
    assertRefused(Map.of(), "alerts.subscriptions is empty", "--role", "alert");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vent", "segment,vent", "vent,event"})
  void aNameThatIsNoRoleIsRefusedWithWhatIsAllowed(String names) {
    CommandRun run = CommandRun.of("detector", "--role", names);
    assertThat(run.err())
        .containsExactly(
            "earshot: --role must be all, or any of segment, inference, event, alert, web,"
                + " not \"vent\"");
    assertThat(run.status()).isEqualTo(2);
  }

  private static final Map<String, String> SUBSCRIPTION =
      Map.of("alerts.subscriptions", "{door: {exec: {command: [x]}}}");

  private static Set<Role> roles(Map<String, String> settings, String... flags) throws Exception {
    List<Setting> all =
        Setting.all(
            settings.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
    Config config = ConfigFile.read(null, all, Map.of());
    return CommandLine.populateCommand(new DetectorRoles(), flags).of(config);
  }

  private static void assertRefused(Map<String, String> settings, String message, String... flags) {
    assertThatThrownBy(() -> roles(settings, flags))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }
}
