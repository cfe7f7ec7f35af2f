package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.models.synth.MadeSounds;
import io.earshot.models.synth.Scene;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the dashboards ask, and the alert rules, asked of a real Prometheus that reads a detector
 * and a producer at work. Each has an answer: a dashboard whose metric was renamed fails here.
 */
@Timeout(180)
class DashboardsIT {
  private static final Path DOG = Shared.path("golden/dog.wav");
  private static final Pattern METRIC = Pattern.compile("\\b(?:earshot|jvm|process)_[a-z_]+");
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((\\w+), *(\\w+)\\)");
  private static final int SECONDS = 60;

  /** The longest frame: 10 s. */
  private static final int MOST_BYTES = 320_000;

  private static final int CLOCKS = 60;
  private static final int BYTES_A_MILLISECOND = 32;

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static EarshotProcess detector;
  private static EarshotProcess producer;
  private static PrometheusProcess prometheus;

  @BeforeAll
  static void listen() throws Exception {
    Tools.require("prometheus", "prometheus");
    broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    int detectorPort = PrometheusProcess.freePort();
    int producerPort = PrometheusProcess.freePort();
    Path config = Files.writeString(folder.resolve("earshot.yaml"), settings());
    detector = start(config, detectorPort, "detector", "--no-web");
    detector.awaitErr(line -> line.startsWith("Detecting"), 60);
    prometheus =
        PrometheusProcess.start(
            folder,
            Map.of(
                "detector", "127.0.0.1:" + detectorPort,
                "producer", "127.0.0.1:" + producerPort));
    await("up{job=\"detector\"} == 1", result -> !result.isEmpty());
    // Counters are there, as nothing, before they count: so Prometheus sees them rise.
    producer = start(config, producerPort, "producer");
    await("sum(earshot_events_total{stream=\"yard\",state=\"closed\"})", it -> value(it) >= 1);
    tick();
    disturb();
    await("count(earshot_score_drift)", result -> value(result) >= 1);
    await("sum(earshot_dead_letters_total)", result -> value(result) >= 1);
    await("sum(earshot_alerts_total{outcome=\"dead_letter\"})", result -> value(result) >= 1);
    await("sum(earshot_events_total{stream=\"yard\",state=\"closed\"})", it -> value(it) >= 2);
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable it : new AutoCloseable[] {prometheus, producer, detector, broker}) {
      try {
        if (it != null) {
          it.close();
        }
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Alerts that arrive, and some that do not; a small ring, to shed. */
  private static String settings() throws Exception {
    return """
    kafka: {bootstrap_servers: "%s"}
    model: {name: "%s"}
    inference: {overload: shed, ring: 16, max_batch: 16, backlog: 16}
    streams:
      - {name: yard, source: "file:%s", loop: true}
    alerts:
      subscriptions:
        fine: {exec: {command: ["true"]}}
        lost: {attempts: 2, backoff: 100ms, exec: {command: ["false"]}, dead_letters: "%s"}
    """
        .formatted(broker.bootstrapServers(), Shared.base(), DOG, folder.resolve("lost.jsonl"));
  }

  private static EarshotProcess start(Path config, int port, String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, "--config", config.toString()));
    all.addAll(List.of("--set", "metrics.port=" + port));
    all.addAll(List.of(arguments));
    return EarshotProcess.start(all.toArray(String[]::new));
  }

  /** A record that is none, a frame sent twice, a clock that is set back, and too much at once. */
  private static void disturb() throws Exception {
    try (KafkaProducer<byte[], byte[]> sender = sender()) {
      long now = System.currentTimeMillis();
      send(sender, "not a stream id", now, new byte[3_200]);
      for (long start : new long[] {now, now, now + 60_000, now + 60_100}) {
        send(sender, "yard-2", start, new byte[3_200]);
      }
      for (int stream = 0; stream < 20; stream++) {
        send(sender, "burst-" + stream, now, new byte[MOST_BYTES]);
      }
    }
  }

  /**
   * Clocks that tick for two seconds each minute, faster than they do: drift is told of a hundred
   * scores, one a minute of each stream.
   */
  private static void tick() throws Exception {
    float[] clock =
        Scene.of(1, 2 * CLOCKS)
            .with("clock_tick", MadeSounds.CLOCK_TICK, 0, 2 * CLOCKS, -12)
            .render();
    ByteBuffer pcm = ByteBuffer.allocate(2 * clock.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : clock) {
      pcm.putShort((short) (sample * Short.MAX_VALUE));
    }
    int bytes = 2_000 * BYTES_A_MILLISECOND;
    try (KafkaProducer<byte[], byte[]> sender = sender()) {
      long start = System.currentTimeMillis() - 3_600_000;
      for (int minute = 0; minute < 10 && drifts() == 0; minute++) {
        for (int stream = 0; stream < CLOCKS; stream++) {
          byte[] frame = Arrays.copyOfRange(pcm.array(), stream * bytes, (stream + 1) * bytes);
          send(sender, "clock-" + stream, start + minute * 61_000L, frame);
          // Three patches, which is less than the ring holds.
          Thread.sleep(75);
        }
      }
    }
  }

  private static double drifts() throws Exception {
    return value(prometheus.query("count(earshot_score_drift)"));
  }

  private static KafkaProducer<byte[], byte[]> sender() {
    Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    return new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void send(
      KafkaProducer<byte[], byte[]> sender, String stream, long millis, byte[] pcm)
      throws Exception {
    sender.send(new ProducerRecord<>("earshot.frames", null, millis, stream.getBytes(), pcm)).get();
  }

  @Test
  void everyPanelShowsSomething() throws Exception {
    List<String> empty = new ArrayList<>();
    int asked = 0;
    for (Map.Entry<String, JsonNode> dashboard : DockerFiles.dashboards().entrySet()) {
      for (JsonNode panel : dashboard.getValue().get("panels")) {
        for (JsonNode target : panel.path("targets")) {
          String expression = target.get("expr").asText();
          asked++;
          if (!hasNumbers(filledIn(expression))) {
            empty.add(dashboard.getKey() + ", " + panel.get("title").asText() + ": " + expression);
          }
        }
      }
    }
    assertThat(asked).isGreaterThan(60);
    assertThat(empty).isEmpty();
  }

  @Test
  void everyAnnotationAndVariableHasValues() throws Exception {
    for (JsonNode dashboard : DockerFiles.dashboards().values()) {
      for (JsonNode annotation : dashboard.at("/annotations/list")) {
        assertThat(hasNumbers(filledIn(annotation.at("/target/expr").asText()))).isTrue();
      }
      for (JsonNode variable : dashboard.at("/templating/list")) {
        if (variable.get("type").asText().equals("query")) {
          Matcher query = LABEL_VALUES.matcher(variable.at("/query/query").asText());
          assertThat(query.matches()).isTrue();
          assertThat(prometheus.labelValues(query.group(2), query.group(1)))
              .anyMatch(value -> value.asText().equals("yard"));
        }
      }
    }
  }

  /** A rule that finds nothing is as it should be; one that asks for what is not there is not. */
  @Test
  void everyRuleIsEvaluatedAndAsksForWhatThereIs() throws Exception {
    for (Map<String, Object> rule : PrometheusFilesTest.rules().values()) {
      String expression = rule.get("expr").toString();
      prometheus.query(expression);
      assertMetricsExist(expression);
    }
    for (String rule : List.of("EarshotDeadLetters", "EarshotAlertDeliveryFailing")) {
      // Prometheus asks its rules every half second, which may be after this test begins.
      String firing = "ALERTS{alertstate=\"firing\",alertname=\"%s\"}".formatted(rule);
      await(firing, alerts -> !alerts.isEmpty());
    }
  }

  @Test
  void everyMetricOfThePanelsExists() throws Exception {
    for (JsonNode dashboard : DockerFiles.dashboards().values()) {
      for (JsonNode expression : dashboard.findValues("expr")) {
        assertMetricsExist(expression.asText());
      }
    }
  }

  private static void assertMetricsExist(String expression) throws Exception {
    Set<String> names = new LinkedHashSet<>();
    METRIC.matcher(expression).results().forEach(found -> names.add(found.group()));
    for (String name : names) {
      assertThat(prometheus.query("count(" + name + ")")).as(name).isNotEmpty();
    }
  }

  /** As Grafana fills them in, for a minute of which there is a value every half second. */
  private static String filledIn(String expression) {
    return expression
        .replace("$__rate_interval_ms", "10000")
        .replace("$__rate_interval", "10s")
        .replace("$__range", SECONDS + "s")
        .replace("$stream", "yard");
  }

  /** Whether there is a number at any time that Prometheus has seen. */
  private static boolean hasNumbers(String expression) throws Exception {
    for (JsonNode series : prometheus.range(expression, SECONDS)) {
      boolean number =
          StreamSupport.stream(series.get("values").spliterator(), false)
              .anyMatch(value -> !value.get(1).asText().equals("NaN"));
      if (number) {
        return true;
      }
    }
    return false;
  }

  private static double value(JsonNode result) {
    return result.isEmpty() ? 0 : result.at("/0/value/1").asDouble();
  }

  private static void await(String expression, Predicate<JsonNode> wanted) throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!wanted.test(prometheus.query(expression))) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("after a minute still not so: " + expression + "; " + detector);
      }
      Thread.sleep(200);
    }
  }
}
