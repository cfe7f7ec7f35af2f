package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Grafana's dashboards as files; {@code DashboardsIT} asks Prometheus what they ask. */
class DashboardsTest {
  private static final Set<String> KINDS = Set.of("stat", "timeseries", "heatmap", "table", "row");

  private final Map<String, JsonNode> dashboards = DockerFiles.dashboards();

  @Test
  void eachIsThereUnderAnAddressThatStays() {
    assertThat(dashboards.keySet())
        .containsExactly("alerts.json", "overview.json", "pipeline.json", "stream.json");
    dashboards.forEach(
        (file, dashboard) -> {
          assertThat(dashboard.get("uid").asText() + ".json").isEqualTo("earshot-" + file);
          assertThat(dashboard.get("title").asText()).startsWith("Earshot: ");
          assertThat(dashboard.get("description").asText()).isNotEmpty();
          assertThat(dashboard.has("id")).isFalse();
        });
  }

  @Test
  void theDataSourceIsChosenAtTheTop() {
    for (JsonNode dashboard : dashboards.values()) {
      JsonNode first = dashboard.at("/templating/list/0");
      assertThat(first.get("type").asText() + " " + first.get("name").asText())
          .isEqualTo("datasource datasource");
      dashboard.findValues("datasource").stream()
          .filter(JsonNode::isObject)
          .forEach(it -> assertThat(it.get("uid").asText()).isEqualTo("${datasource}"));
    }
  }

  @Test
  void everyPanelAsksSaysWhatItShowsAndHasAUnit() {
    dashboards.forEach(
        (file, dashboard) -> {
          for (JsonNode panel : dashboard.get("panels")) {
            String name = file + ": " + panel.get("title").asText();
            assertThat(panel.get("type").asText()).as(name).isIn(KINDS);
            if (panel.get("type").asText().equals("row")) {
              continue;
            }
            assertThat(panel.get("targets")).as(name).isNotEmpty();
            for (JsonNode target : panel.get("targets")) {
              assertThat(target.get("expr").asText()).as(name).isNotBlank();
            }
            assertThat(panel.get("description").asText()).as(name).endsWith(".");
            if (Set.of("stat", "timeseries").contains(panel.get("type").asText())) {
              assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(name).isNotEmpty();
              assertThat(panel.at("/fieldConfig/defaults/thresholds/steps")).as(name).isNotEmpty();
            }
          }
        });
  }

  @Test
  void noPanelLiesOnAnother() {
    dashboards.forEach(
        (file, dashboard) -> {
          Set<String> taken = new HashSet<>();
          Set<Integer> ids = new HashSet<>();
          for (JsonNode panel : dashboard.get("panels")) {
            assertThat(ids.add(panel.get("id").asInt())).as(file).isTrue();
            JsonNode at = panel.get("gridPos");
            assertThat(at.get("x").asInt() + at.get("w").asInt()).as(file).isLessThanOrEqualTo(24);
            for (int x = 0; x < at.get("w").asInt(); x++) {
              for (int y = 0; y < at.get("h").asInt(); y++) {
                String cell = (at.get("x").asInt() + x) + "," + (at.get("y").asInt() + y);
                assertThat(taken.add(cell)).as("%s %s", file, panel.get("title")).isTrue();
              }
            }
          }
        });
  }

  @Test
  void linksGoToDashboardsThatThereAre() {
    List<String> linked = new ArrayList<>();
    for (JsonNode dashboard : dashboards.values()) {
      for (JsonNode url : dashboard.findValues("url")) {
        if (url.asText().startsWith("/d/")) {
          linked.add(url.asText().split("[/?]")[2]);
        }
      }
    }
    assertThat(linked).containsExactly("earshot-stream");
    assertThat(dashboards.get("stream.json").at("/templating/list/1/name").asText())
        .isEqualTo("stream");
  }
}
