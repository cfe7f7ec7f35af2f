package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The roles as their users start them, read as Prometheus reads them. */
class MetricsIT {
  private static final String SECRET = "hunter2hunter2hunter2";
  private static final Path DOG = Shared.path("golden/dog.wav");
  private static final Pattern SERIES =
      Pattern.compile("([a-z_:]+[a-z0-9_]*)(?:\\{(.*)})? ([-+0-9.eEINa-z]+)");

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void aDetectorTellsWhatItHearsAndHowItIs() throws Exception {
    int port = freePort();
    EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    try (EarshotProcess detector = detector(broker, port)) {
      detector.awaitErr(line -> line.equals("Metrics at " + address(port) + "/metrics"), 60);
      await(() -> get(port, "/readyz").statusCode() == 200);
      assertThat(get(port, "/readyz").body())
          .isEqualTo(
              """
              ready
              segments and events: ok
              scores: ok
              kafka: ok
              alerts: ok
              """);
      assertThat(get(port, "/healthz").body())
          .isEqualTo("live\nsegments and events: ok\nscores: ok\n");

      play(broker);
      await(() -> series(port).getOrDefault("earshot_event_latency_seconds_count", 0.0) > 0);
      await(() -> closed(port) > 0 && series(port).containsKey(lag("alert")));
      assertPlausible(series(port));
      String text = get(port, "/metrics").body();
      assertThat(promtool(text)).isEmpty();
      assertThat(text).doesNotContain(SECRET);
      assertThat(series(port)).containsEntry("earshot_kafka_up", 1.0);
      broker.close();
      await(() -> get(port, "/readyz").statusCode() == 503);
      assertThat(series(port)).containsEntry("earshot_kafka_up", 0.0);
      assertThat(get(port, "/readyz").body()).startsWith("not ready\n").contains("kafka: does not");
      assertThat(get(port, "/healthz").statusCode()).isEqualTo(200);
    } finally {
      broker.close();
    }
  }

  private double closed(int port) throws Exception {
    return series(port).entrySet().stream()
        .filter(it -> it.getKey().startsWith("earshot_events_total"))
        .filter(it -> it.getKey().contains("state=\"closed\""))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private static String lag(String stage) {
    return "earshot_lag_records{stage=\"%s\",}".formatted(stage);
  }

  private static void assertPlausible(Map<String, Double> series) throws IOException {
    double bytes = Files.size(DOG) - 44;
    String yard = "{stream=\"yard\",}";
    assertThat(series).containsEntry("earshot_frame_bytes_total" + yard, bytes);
    assertThat(series).containsEntry("earshot_frames_total" + yard, Math.ceil(bytes / 3_200));
    assertThat(series).containsEntry("earshot_gaps_total" + yard, 0.0);
    double patches = series.get("earshot_patches_total" + yard);
    assertThat(patches).isBetween(5.0, 6.0);
    assertThat(series).containsEntry("earshot_batch_patches_sum", patches);
    double batches = series.get("earshot_batch_patches_count");
    assertThat(batches).isBetween(1.0, patches);
    assertThat(series.get("earshot_batch_fill_ratio_sum")).isBetween(patches / 17, patches / 15);
    assertThat(series.get("earshot_linger_seconds_sum") / batches).isBetween(0.0, 1.0);
    assertThat(series.get("earshot_inference_seconds_sum") / batches).isBetween(1e-5, 5.0);
    assertThat(series).containsEntry("earshot_queue_patches", 0.0);
    assertThat(series).containsEntry("earshot_backlog_patches", 0.0);
    assertThat(series).containsEntry("earshot_inference_failures_total", 0.0);
    double latency =
        series.get("earshot_event_latency_seconds_sum")
            / series.get("earshot_event_latency_seconds_count");
    assertThat(latency).isBetween(0.0, 30.0);
    String dog = "{stream=\"yard\",label=\"dog_bark\",state=\"%s\",}";
    assertThat(series.get("earshot_events_total" + dog.formatted("open"))).isPositive();
    assertThat(series.get("earshot_events_total" + dog.formatted("closed"))).isPositive();
    assertThat(series.get("earshot_event_confidence_count")).isPositive();
    assertThat(series.keySet()).filteredOn(it -> it.startsWith("earshot_build_info{")).hasSize(1);
    assertThat(series).containsEntry("earshot_open_events" + yard, 0.0);
    assertThat(series.keySet()).filteredOn(it -> it.startsWith("earshot_top_score")).hasSize(5);
    assertThat(series.get("earshot_level_dbfs" + yard)).isBetween(-100.0, 0.0);
    assertThat(series.get("earshot_noise_floor_dbfs" + yard)).isBetween(-100.0, 0.0);
    assertThat(series.get("earshot_stream_last_frame_timestamp_seconds" + yard))
        .isBetween(
            Instant.now().minusSeconds(300).toEpochMilli() / 1e3,
            Instant.now().toEpochMilli() / 1e3);
    for (String stage : List.of("segment", "inference", "event", "alert")) {
      assertThat(series.get(lag(stage))).as(stage).isBetween(0.0, 100.0);
      assertThat(series.get(lag(stage).replace("records", "seconds"))).isBetween(0.0, 60.0);
    }
    assertThat(series)
        .containsEntry("earshot_model_info{name=\"base\",version=\"1\",provider=\"cpu\",}", 1.0)
        .containsEntry("earshot_role_info{role=\"detector\",}", 1.0)
        .containsEntry("earshot_dead_letters_total{reason=\"bad_key\",}", 0.0)
        .containsEntry("earshot_stream_timeouts_total", 0.0)
        .containsEntry("earshot_frames_dropped_total{stream=\"yard\",reason=\"duplicate\",}", 0.0)
        .containsEntry("earshot_clock_jumps_total{stream=\"yard\",kind=\"forward\",}", 0.0)
        .containsEntry("earshot_unscored_total{stream=\"yard\",reason=\"shed\",}", 0.0)
        .containsKey("earshot_alerts_total{subscription=\"door\",outcome=\"delivered\",}")
        .containsKey("jvm_memory_bytes_used{area=\"heap\",}");
  }

  @Test
  void eachRoleHasItsOwnAndFindsAPortByItself() throws Exception {
    int kafka = freePort();
    Path nothing = Files.writeString(folder.resolve("quiet.yaml"), "web: {enabled: false}\n");
    try (EarshotProcess broker =
        EarshotProcess.start(
            "broker",
            "--config",
            nothing.toString(),
            "--port",
            Integer.toString(kafka),
            "--directory",
            folder.resolve("data").toString())) {
      int first = port(broker.awaitErr(line -> line.startsWith("Metrics at "), 60));
      await(() -> get(first, "/readyz").statusCode() == 200);
      assertThat(get(first, "/readyz").body()).isEqualTo("ready\nbroker: ok\n");
      assertThat(series(first)).containsEntry("earshot_role_info{role=\"broker\",}", 1.0);
      try (EarshotProcess producer =
          EarshotProcess.start(
              "producer",
              "--config",
              nothing.toString(),
              "--bootstrap-servers",
              "127.0.0.1:" + kafka,
              "--stream",
              "raw",
              "-")) {
        int second = port(producer.awaitErr(line -> line.startsWith("Metrics at "), 60));
        assertThat(second).isNotEqualTo(first);
        OutputStream sound = producer.process().getOutputStream();
        sound.write(new byte[32_000]);
        sound.flush();
        String raw = "{stream=\"raw\",}";
        await(() -> series(second).getOrDefault("earshot_producer_frames_total" + raw, 0.0) >= 9);
        assertThat(series(second))
            .containsEntry("earshot_producer_level_dbfs" + raw, -127.0)
            .containsEntry("earshot_producer_send_failures_total", 0.0)
            .containsEntry("earshot_kafka_up", 1.0)
            .containsKey("earshot_producer_bytes_total" + raw);
        assertThat(promtool(get(second, "/metrics").body())).isEmpty();
        assertThat(get(second, "/readyz").body()).isEqualTo("ready\nsound: ok\nkafka: ok\n");
        sound.close();
        assertThat(producer.waitFor(30)).as("%s", producer).isZero();
      }
    }
  }

  @Test
  void aPortThatWasChosenAndIsTakenIsSaidInALine() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        EarshotProcess detector = detector(broker, taken.getLocalPort())) {
      assertThat(detector.waitFor(60)).as("%s", detector).isEqualTo(1);
      assertThat(detector.err())
          .containsExactly(
              "earshot: metrics.port %d on 127.0.0.1: Address already in use; name another one, or set metrics.enabled to false"
                  .formatted(taken.getLocalPort()));
    }
  }

  private EarshotProcess detector(EmbeddedBroker broker, int port) throws Exception {
    Path file = folder.resolve("metrics-%d.yaml".formatted(port));
    Files.writeString(
        file,
        """
        model: {name: '%s'}
        web: {enabled: false, token: %s}
        metrics: {port: %d}
        alerts:
          subscriptions:
            door:
              webhook: {url: 'http://127.0.0.1:%d/hook?key=%s', secret: %s}
        """
            .formatted(Shared.base(), SECRET, port, freePort(), SECRET, SECRET));
    return EarshotProcess.start(
        Map.of(WebConfig.TOKEN_VARIABLE, SECRET),
        "detector",
        "--config",
        file.toString(),
        "--bootstrap-servers",
        broker.bootstrapServers());
  }

  /** As fast as it happened, or there would be no latency. */
  private static void play(EmbeddedBroker broker) throws Exception {
    try (EarshotProcess producer =
        EarshotProcess.start(
            "producer",
            "--bootstrap-servers",
            broker.bootstrapServers(),
            "--stream",
            "yard",
            DOG.toString())) {
      assertThat(producer.waitFor(60)).as("%s", producer).isZero();
    }
  }

  private static String address(int port) {
    return "http://127.0.0.1:" + port;
  }

  private static int port(String line) {
    return Integer.parseInt(line.replaceFirst(".*127.0.0.1:([0-9]+)/.*", "$1"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreException(ConnectException.class)
        .until(condition::holds);
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(address(port) + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Each series as it is written, and its value. */
  private Map<String, Double> series(int port) throws Exception {
    Map<String, Double> series = new TreeMap<>();
    for (String line : get(port, "/metrics").body().lines().toList()) {
      Matcher matcher = SERIES.matcher(line);
      if (!line.startsWith("#") && matcher.matches()) {
        String value = matcher.group(3).replace("+Inf", "Infinity");
        series.put(line.substring(0, line.lastIndexOf(' ')), Double.valueOf(value));
      }
    }
    return series;
  }

  /** What Prometheus' own tool finds fault with (Debian's package prometheus). */
  private static String promtool(String text) throws Exception {
    Process process =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    process.getOutputStream().write(text.getBytes(UTF_8));
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor() == 0 ? said : said + "(status " + process.exitValue() + ")";
  }
}
