package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What promtool says of Prometheus' configuration and of the alert rules. */
class PrometheusFilesTest {
  private static final Path FOLDER = DockerFiles.DOCKER.resolve("prometheus");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check config prometheus.yml",
        "check rules rules.yaml",
        "test rules rules.test.yaml"
      })
  void promtoolAgrees(String arguments) throws Exception {
    Tools.require("promtool", "prometheus");
    Process promtool =
        new ProcessBuilder(("promtool " + arguments).split(" "))
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes());
    assertThat(promtool.waitFor()).as(said).isZero();
  }

  @Test
  void ofEveryRuleThereIsACaseInWhichItFiresAndOneInWhichNothingDoes() {
    Set<String> fires = new HashSet<>();
    Set<String> silent = new HashSet<>();
    Object cases = DockerFiles.yaml(FOLDER.resolve("rules.test.yaml")).get(0).get("tests");
    for (Object group : DockerFiles.<Object>list(cases)) {
      for (Object time : DockerFiles.<Object>list(DockerFiles.at(group, "alert_rule_test"))) {
        String alert = (String) DockerFiles.at(time, "alertname");
        boolean none = DockerFiles.list(DockerFiles.at(time, "exp_alerts")).isEmpty();
        (none ? silent : fires).add(alert);
      }
    }
    assertThat(rules().keySet()).isEqualTo(fires).isEqualTo(silent);
  }

  @Test
  void everyRuleSaysHowBadItIsAndWhatToDo() {
    rules()
        .forEach(
            (name, rule) -> {
              assertThat(name).startsWith("Earshot");
              assertThat(DockerFiles.at(rule, "labels", "severity")).isIn("warning", "critical");
              assertThat(DockerFiles.map(rule.get("annotations")))
                  .containsOnlyKeys("summary", "description");
            });
  }

  /** The rules by their names. */
  static Map<String, Map<String, Object>> rules() {
    Map<String, Map<String, Object>> rules = new java.util.TreeMap<>();
    Object groups = DockerFiles.yaml(FOLDER.resolve("rules.yaml")).get(0).get("groups");
    for (Object group : DockerFiles.<Object>list(groups)) {
      for (Object rule : DockerFiles.<Object>list(DockerFiles.at(group, "rules"))) {
        rules.put((String) DockerFiles.at(rule, "alert"), DockerFiles.map(rule));
      }
    }
    return rules;
  }
}
