package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That docker/compose.yaml hangs together, and that Earshot takes what it is handed by it. */
class ComposeTest {
  private static final String SECRET = "0123456789abcdef";

  private final Map<String, Object> compose = DockerFiles.compose();
  private final Map<String, Object> services = DockerFiles.map(compose.get("services"));

  @Test
  void everyImageHasTheTagOfAVersion() {
    services.forEach(
        (name, service) ->
            assertThat((String) DockerFiles.at(service, "image"))
                .as(name)
                .matches("([a-z-]+/)?[a-z-]+:v?\\d+\\.\\d+\\.\\d+(-gpu)?"));
    assertThat(DockerFiles.at(services, "kafka", "image"))
        .isEqualTo("apache/kafka:" + DockerFiles.property("kafka.version"));
    assertThat(DockerFiles.property("version"))
        .startsWith(((String) DockerFiles.at(services, "detector", "image")).split(":")[1]);
  }

  @Test
  void everyPortIsOnThisMachineAlone() {
    List<String> ports = new ArrayList<>();
    for (Object service : services.values()) {
      ports.addAll(DockerFiles.list(DockerFiles.at(service, "ports")));
    }
    assertThat(ports).hasSize(5).allMatch(port -> port.startsWith("127.0.0.1:"));
  }

  @Test
  void noContainerCanDoMoreThanItMust() {
    services.forEach(
        (name, service) -> {
          assertThat(DockerFiles.at(service, "cap_drop")).as(name).isEqualTo(List.of("ALL"));
          assertThat(DockerFiles.at(service, "security_opt"))
              .as(name)
              .isEqualTo(List.of("no-new-privileges:true"));
          assertThat(DockerFiles.map(service)).as(name).doesNotContainKeys("privileged", "cap_add");
          // Kafka's image writes its configuration into itself when it starts.
          assertThat(DockerFiles.at(service, "read_only"))
              .as(name)
              .isEqualTo(name.equals("kafka") ? null : Boolean.TRUE);
        });
  }

  /** Docker mounts tmpfs noexec unless it is told otherwise; a library there cannot be loaded. */
  @Test
  void whatEarshotUnpacksInTmpCanBeLoaded() {
    List<String> ours = new ArrayList<>();
    services.forEach(
        (name, service) -> {
          if (DockerFiles.at(service, "image").toString().startsWith("earshot:")) {
            String tmp = DockerFiles.<String>list(DockerFiles.at(service, "tmpfs")).get(0);
            assertThat(tmp).as(name).startsWith("/tmp:");
            assertThat(tmp.substring(tmp.indexOf(':') + 1).split(",")).as(name).contains("exec");
            ours.add(name);
          }
        });
    assertThat(ours).containsExactly("detector", "detector-gpu", "scene", "producer");
  }

  @Test
  void grafanaReportsNothingAndFetchesNothing() {
    assertThat(DockerFiles.map(DockerFiles.at(services, "grafana", "environment")))
        .containsEntry("GF_ANALYTICS_REPORTING_ENABLED", "false")
        .containsEntry("GF_ANALYTICS_CHECK_FOR_UPDATES", "false")
        .containsEntry("GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES", "false")
        .containsEntry("GF_NEWS_NEWS_FEED_ENABLED", "false")
        .containsEntry("GF_PLUGINS_PREINSTALL_DISABLED", "true")
        .containsEntry("GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED", "true");
  }

  @Test
  void everythingThatGoesOnIsCheckedAndHasItsShareOfMemory() {
    services.forEach(
        (name, service) -> {
          if (!name.equals("scene")) {
            boolean ours = DockerFiles.at(service, "image").toString().startsWith("earshot:");
            assertThat(ours || DockerFiles.at(service, "healthcheck", "test") != null)
                .as("health of " + name)
                .isTrue();
            assertThat(DockerFiles.at(service, "deploy", "resources", "limits", "memory"))
                .as("memory of " + name)
                .isNotNull();
          }
        });
  }

  @Test
  void whatAServiceWaitsForIsThere() {
    for (Object service : services.values()) {
      Object awaited = DockerFiles.at(service, "depends_on");
      if (awaited != null) {
        DockerFiles.map(awaited)
            .forEach(
                (name, how) -> {
                  assertThat(services).containsKey(name);
                  if (DockerFiles.at(how, "condition").equals("service_healthy")) {
                    assertThat(DockerFiles.at(services, name, "healthcheck")).isNotNull();
                  }
                });
      }
    }
  }

  @Test
  void everythingMountedIsThere() {
    Set<String> volumes = new HashSet<>();
    for (Object service : services.values()) {
      for (Object mount : DockerFiles.<Object>list(DockerFiles.at(service, "volumes"))) {
        if (mount instanceof String text) {
          volumes.add(DockerFiles.defaults(text, "").split(":")[0]);
        } else {
          assertThat(DockerFiles.DOCKER.resolve((String) DockerFiles.at(mount, "source"))).exists();
          assertThat(DockerFiles.at(mount, "read_only")).isEqualTo(true);
        }
      }
    }
    assertThat(volumes).isEqualTo(DockerFiles.map(compose.get("volumes")).keySet());
  }

  @Test
  void everyCommandIsOneOfEarshots() {
    List<String> ours = new ArrayList<>();
    services.forEach(
        (name, service) -> {
          if (DockerFiles.at(service, "image").toString().startsWith("earshot:")) {
            List<String> command = DockerFiles.list(DockerFiles.at(service, "command"));
            String[] words =
                command.stream().map(it -> DockerFiles.defaults(it, "")).toArray(String[]::new);
            assertThatCode(() -> Earshot.commandLine().parseArgs(words))
                .as(name)
                .doesNotThrowAnyException();
            ours.add(name);
          }
        });
    assertThat(ours).containsExactly("detector", "detector-gpu", "scene", "producer");
  }

  @Test
  void everyVariableIsInTheExampleAndUsed() throws Exception {
    Properties example = new Properties();
    example.load(Files.newBufferedReader(DockerFiles.DOCKER.resolve(".env.example")));
    Set<String> names = new HashSet<>(example.stringPropertyNames());
    assertThat(names).contains("COMPOSE_PROJECT_NAME", "COMPOSE_PROFILES");
    names.removeIf(name -> name.startsWith("COMPOSE_"));
    String text = DockerFiles.read(DockerFiles.DOCKER.resolve("compose.yaml"));
    assertThat(Set.copyOf(DockerFiles.variables(text).toList())).isEqualTo(names);
    assertThat(DockerFiles.read(DockerFiles.ROOT.resolve(".gitignore"))).contains("/docker/.env\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"detector", "detector-gpu", "producer"})
  void earshotTakesItsSettings(String name) throws Exception {
    Map<String, String> environment = new TreeMap<>();
    DockerFiles.map(DockerFiles.at(services, name, "environment"))
        .forEach((key, value) -> environment.put(key, DockerFiles.defaults("" + value, SECRET)));
    Config config =
        KafkaEnvironment.over(
            ConfigFile.read(DockerFiles.DOCKER.resolve("earshot.yaml"), Map.of()), environment);
    String inside = DockerFiles.at(services, "kafka", "environment", "KAFKA_LISTENERS").toString();
    assertThat(config.kafka().bootstrapServers()).isEqualTo("kafka:19092");
    assertThat(inside).startsWith("INSIDE://:19092,");
    if (name.startsWith("detector")) {
      assertThatCode(() -> config.web().settings(environment)).doesNotThrowAnyException();
      assertThat(DockerFiles.list(DockerFiles.at(services, name, "ports")).toString())
          .endsWith(":" + config.web().port() + "]");
    }
  }

  @Test
  void prometheusAsksServicesOfThatName() {
    Map<String, Object> prometheus =
        DockerFiles.yaml(DockerFiles.DOCKER.resolve("prometheus/prometheus.yml")).get(0);
    Set<String> jobs = new HashSet<>();
    for (Object job : DockerFiles.<Object>list(prometheus.get("scrape_configs"))) {
      jobs.add(DockerFiles.at(job, "job_name").toString());
      for (Object group : DockerFiles.<Object>list(DockerFiles.at(job, "static_configs"))) {
        for (String target : DockerFiles.<String>list(DockerFiles.at(group, "targets"))) {
          String host = target.split(":")[0];
          assertThat(host.equals("localhost") || services.containsKey(host)).as(host).isTrue();
        }
      }
    }
    assertThat(jobs).containsExactlyInAnyOrder("detector", "producer", "broker", "prometheus");
    assertThat(
            DockerFiles.at(services, "detector-gpu", "networks", "default", "aliases").toString())
        .isEqualTo("[detector]");
  }

  @Test
  void grafanaFindsPrometheusAndItsDashboards() {
    Path provisioning = DockerFiles.DOCKER.resolve("grafana/provisioning");
    Object source =
        DockerFiles.list(
                DockerFiles.yaml(provisioning.resolve("datasources/prometheus.yaml"))
                    .get(0)
                    .get("datasources"))
            .get(0);
    assertThat(DockerFiles.at(source, "url")).isEqualTo("http://prometheus:9090");
    Object scrape =
        DockerFiles.at(
            DockerFiles.yaml(DockerFiles.DOCKER.resolve("prometheus/prometheus.yml")).get(0),
            "global",
            "scrape_interval");
    assertThat(DockerFiles.at(source, "jsonData", "timeInterval")).isEqualTo(scrape);
    Object provider =
        DockerFiles.list(
                DockerFiles.yaml(provisioning.resolve("dashboards/earshot.yaml"))
                    .get(0)
                    .get("providers"))
            .get(0);
    String mounts = DockerFiles.at(services, "grafana", "volumes").toString();
    assertThat(mounts)
        .contains(
            "source=./grafana/dashboards, target=" + DockerFiles.at(provider, "options", "path"))
        .contains("source=./grafana/provisioning, target=/etc/grafana/provisioning");
    assertThat(
            DockerFiles.at(
                services, "grafana", "environment", "GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"))
        .isEqualTo(DockerFiles.at(provider, "options", "path") + "/overview.json");
    assertThat(DockerFiles.dashboards()).containsKey("overview.json");
  }

  /** Compose itself takes it; it needs no engine for that. */
  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void composeTakesTheFile(String profile) throws Exception {
    Tools.require("docker-compose", "docker-compose");
    ProcessBuilder command =
        new ProcessBuilder(
                "docker-compose", "-f", "compose.yaml", "--profile", profile, "config", "-q")
            .directory(DockerFiles.DOCKER.toFile())
            .redirectErrorStream(true);
    command.environment().putAll(Map.of("EARSHOT_WEB_TOKEN", SECRET, "GRAFANA_PASSWORD", SECRET));
    Process process = command.start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
  }
}
