package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Debian's Prometheus on a port of its own, with the rules that come with Earshot, but for how long
 * they must hold before they fire.
 */
final class PrometheusProcess implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String address;
  private final EarshotProcess process;

  private PrometheusProcess(int port, EarshotProcess process) {
    this.address = "http://127.0.0.1:" + port;
    this.process = process;
  }

  /**
   * Starts it; returns when it answers.
   *
   * @param targets host and port of each job
   */
  static PrometheusProcess start(Path folder, Map<String, String> targets) throws Exception {
    String jobs =
        targets.entrySet().stream()
            .map(
                it ->
                    "  - {job_name: %s, static_configs: [{targets: ['%s']}]}\n"
                        .formatted(it.getKey(), it.getValue()))
            .collect(Collectors.joining());
    String atOnce =
        DockerFiles.read(DockerFiles.DOCKER.resolve("prometheus/rules.yaml"))
            .replaceAll("\\bfor: \\w+", "for: 0s");
    Path rules = Files.writeString(folder.resolve("rules.yaml"), atOnce);
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 500ms, scrape_timeout: 500ms, evaluation_interval: 500ms}
            rule_files: ['%s']
            scrape_configs:
            %s"""
                .formatted(rules, jobs));
    int port = freePort();
    EarshotProcess process =
        EarshotProcess.run(
            java.util.List.of(
                Tools.path("prometheus").toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port));
    process.awaitErr(line -> line.contains("Server is ready to receive web requests"), 30);
    return new PrometheusProcess(port, process);
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** The result of an expression now: an array of series. */
  JsonNode query(String expression) throws Exception {
    return data("query?query=" + encoded(expression)).get("result");
  }

  /** The same, every half second of the last {@code seconds}. */
  JsonNode range(String expression, int seconds) throws Exception {
    double end = System.currentTimeMillis() / 1e3;
    String path = "query_range?query=%s&start=%.3f&end=%.3f&step=0.5";
    return data(path.formatted(encoded(expression), end - seconds, end)).get("result");
  }

  /** The values of a label of the series that {@code matching} chooses. */
  JsonNode labelValues(String label, String matching) throws Exception {
    return data("label/%s/values?match[]=%s".formatted(label, encoded(matching)));
  }

  private JsonNode data(String path) throws Exception {
    URI uri = URI.create(address + "/api/v1/" + path.replace("[]", "%5B%5D"));
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.body());
    }
    return new ObjectMapper().readTree(answer.body()).get("data");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @Override
  public void close() {
    process.close();
  }
}
