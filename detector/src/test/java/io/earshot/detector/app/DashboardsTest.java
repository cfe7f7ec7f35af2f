package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grafana's dashboards as files; {@code DashboardsIT} asks Prometheus what they ask. */
class DashboardsTest {
  private static final Set<String> KINDS = Set.of("stat", "timeseries", "heatmap", "table", "row");

  /** A rise of what begins with its first event, and not with 0. */
  private static final Pattern RISE =
      Pattern.compile("(?:rate|increase)\\((earshot_events_total(?:\\{[^}]*})?)\\[(\\$\\w+)]\\)");

  /** yard's one bark is of 10:00; its rain and hall's siren are older; hall is not read once. */
  private static final String EVENTS =
      """
      evaluation_interval: 15s
      tests:
        - interval: 15s
          input_series:
            - series: earshot_events_total{stream="yard", label="dog_bark", state="open"}
              values: _x40 1x8 stale
            - series: earshot_events_total{stream="yard", label="rain", state="open"}
              values: 5x108
            - series: earshot_events_total{stream="hall", label="siren", state="open"}
              values: 3x39 stale 3x68
          promql_expr_test:
      """;

  @TempDir private Path folder;

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

  /** Every process tells the lag of its whole group. */
  @Test
  void theLagOfOneGroupIsNotAddedUp() {
    List<String> lags = new ArrayList<>();
    for (String expression : expressions()) {
      if (expression.contains("earshot_lag_")) {
        assertThat(expression).startsWith("max").doesNotContainPattern("\\b(sum|avg|count)\\b");
        lags.add(expression);
      }
    }
    assertThat(lags).hasSize(6);
  }

  @Test
  void everyRiseOfEventsCountsTheFirst() {
    List<String> rises = new ArrayList<>();
    for (String expression : expressions()) {
      RISE.matcher(expression)
          .results()
          .forEach(
              rise -> {
                String added =
                    "(last_over_time(%1$s[%2$s]) unless last_over_time(%1$s[1h] offset %2$s))"
                        .formatted(rise.group(1), rise.group(2));
                assertThat(expression).contains(added + " or " + rise.group());
                rises.add(expression);
              });
    }
    assertThat(rises).hasSize(5);
  }

  /** What promtool finds for one event, of which there is no value before, and for old ones. */
  @Test
  void aSingleEventIsSeen() throws Exception {
    Tools.require("promtool", "prometheus");
    StringBuilder cases = new StringBuilder(EVENTS);
    JsonNode overview = dashboards.get("overview.json");
    String all = expression(overview, "Events");
    String labels = expression(overview, "Events a minute by label");
    String ofStream = expression(dashboards.get("stream.json"), "Events a minute by label");
    String annotation =
        dashboards.get("stream.json").at("/annotations/list/0/target/expr").asText();
    // yard is forgotten after 12:00.
    cases.append(expected(all, "9m45s", "{}", 0)).append(expected(all, "10m15s", "{}", 1));
    cases.append(expected(all, "14m", "{}", 1)).append(expected(all, "15m", "{}", 0));
    for (String time : List.of("9m45s", "10m15s", "11m")) {
      int seen = time.equals("10m15s") ? 1 : 0;
      String bark = time.equals("9m45s") ? "" : "{label=\"dog_bark\"}";
      String rain = "{label=\"rain\"}";
      cases.append(expected(ofStream, time, bark, seen, rain, 0));
      cases.append(expected(labels, time, bark, seen, rain, 0, "{label=\"siren\"}", 0));
      cases.append(seen == 1 ? expected(annotation, time, bark, 1) : expected(annotation, time));
    }
    Files.writeString(folder.resolve("events.yaml"), cases);
    Process promtool =
        new ProcessBuilder("promtool", "test", "rules", "events.yaml")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);
    assertThat(promtool.waitFor()).as(said).isZero();
  }

  /**
   * A case of promtool's, for five minutes of a dashboard and a minute of a rate.
   *
   * @param samples labels, which are left out where empty, and value of each series in turn
   */
  private static String expected(String expression, String time, Object... samples) {
    String filledIn =
        expression
            .replace("$__rate_interval_ms", "60000")
            .replace("$__rate_interval", "1m")
            .replace("$__range", "5m")
            .replace("$stream", "yard");
    StringBuilder text =
        new StringBuilder("      - expr: '%s'\n        eval_time: %s\n".formatted(filledIn, time));
    text.append("        exp_samples:\n");
    for (int i = 0; i < samples.length; i += 2) {
      if (!samples[i].equals("")) {
        text.append(
            "          - {labels: '%s', value: %s}\n".formatted(samples[i], samples[i + 1]));
      }
    }
    return text.toString();
  }

  private static String expression(JsonNode dashboard, String title) {
    for (JsonNode panel : dashboard.get("panels")) {
      if (panel.get("title").asText().equals(title)) {
        return panel.at("/targets/0/expr").asText();
      }
    }
    throw new AssertionError("no panel " + title);
  }

  /** Those of panels and annotations. */
  private List<String> expressions() {
    List<String> expressions = new ArrayList<>();
    for (JsonNode dashboard : dashboards.values()) {
      dashboard.findValues("expr").forEach(it -> expressions.add(it.asText()));
    }
    return expressions;
  }
}
