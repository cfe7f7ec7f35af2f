package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.earshot.detector.event.Smoothing;
import io.earshot.models.onnx.Provider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
  private static final Path SHIPPED = Path.of("../config/earshot.yaml");

  @TempDir private Path folder;

  @Test
  void everyShippedKeyHasACommentAboveIt() throws Exception {
    List<String> lines = shipped();
    int keys = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.strip().startsWith("#") || line.isBlank()) {
        continue;
      }
      keys++;
      int indent = line.length() - line.stripLeading().length();
      assertThat(lines.get(i - 1)).as("above " + line).startsWith(" ".repeat(indent) + "# ");
    }
    assertThat(keys).as("15 sections and the 69 keys under them").isEqualTo(84);
  }

  @Test
  void theShippedFileHoldsEveryKeyAndItsDefault() throws Exception {
    YAMLMapper yaml = new YAMLMapper();
    assertThat(yaml.readTree(SHIPPED.toFile()))
        .isEqualTo(yaml.readTree(ConfigFile.class.getResource("defaults.yaml").openStream()));
  }

  @Test
  void theDefaultsAreWhatTheDocumentationSays() throws Exception {
    Config config = ConfigFile.read(null, Map.of());
    assertThat(config.kafka().bootstrapServers()).isEmpty();
    assertThat(config.kafka().exactlyOnce()).isTrue();
    assertThat(config.kafka().commitInterval()).isEqualTo(Duration.ofMillis(100));
    assertThat(config.kafka().partitions()).isEqualTo(4);
    assertThat(config.kafka().client()).isEmpty();
    assertThat(config.stream().timeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.kafka().retention())
        .isEqualTo(
            new Config.Retention(
                Duration.ofHours(6),
                Duration.ofHours(6),
                Duration.ofDays(2),
                Duration.ofDays(30),
                Duration.ofDays(2),
                Duration.ofDays(7)));
    assertThat(config.broker()).isEqualTo(new Config.Broker("data/broker", "127.0.0.1", 9092));
    assertThat(config.spool()).isEqualTo(new SpoolConfig(true, "data/spool", 2_000_000_000L, 4));
    assertThat(config.model()).isEqualTo(new Config.Model("base", "models/packages"));
    assertThat(config.detector().chosen()).containsExactly(Role.values());
    assertThat(config.segments()).isEqualTo(new Config.Segments(Duration.ofMillis(960), 1));
    assertThat(config.inference())
        .isEqualTo(
            new Config.Inference(
                Provider.AUTO, 0, 16, Duration.ofMillis(5), 256, Config.Overload.WAIT, 1024));
    assertThat(config.events())
        .isEqualTo(
            new EventsConfig(
                new DecisionConfig(
                    null,
                    null,
                    Smoothing.Kind.NONE,
                    3,
                    "1 of 1",
                    Duration.ZERO,
                    Duration.ZERO,
                    null,
                    Duration.ZERO),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                new EventsConfig.LoudSound(false, 15, 1, 20, Duration.ofSeconds(3), -70)));
    assertThat(config.alerts().subscriptions()).isEmpty();
    assertThat(config.web()).isEqualTo(new WebConfig(true, "127.0.0.1", 8080, ""));
    assertThat(config.clips())
        .isEqualTo(
            new ClipsConfig(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMinutes(10)));
    assertThat(config.metrics()).isEqualTo(new MetricsConfig(true, "127.0.0.1", 9464, 200, 100));
  }

  @Test
  void whatWaitsIsTheSameButForTheOverload() throws Exception {
    Config waits = ConfigFile.read(file("inference: {linger: 7ms, backlog: 99}"), Map.of());
    Config sheds =
        ConfigFile.read(file("inference: {linger: 7ms, overload: shed, backlog: 99}"), Map.of());
    assertThat(sheds.inference().overload()).isEqualTo(Config.Overload.SHED);
    assertThat(sheds.waiting()).isEqualTo(waits);
  }

  @Test
  void aFileNeedsOnlyWhatItChangesAndFlagsWinOverIt() throws Exception {
    Path file =
        file("segments: {hop: 480ms, threads: 3}\nmodel:\nevents: {defaults: {onset: 0.25}}");
    Config config = ConfigFile.read(file, Map.of("segments.hop", "240ms"));
    assertThat(config.segments()).isEqualTo(new Config.Segments(Duration.ofMillis(240), 3));
    assertThat(config.events().defaults().onset()).isEqualTo(0.25);
    assertThat(config.model().name()).isEqualTo("base");
    assertThat(config.inference().maxBatch()).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n"})
  void anEmptyFileChangesNothing(String text) throws Exception {
    assertThat(ConfigFile.read(file(text), Map.of())).isEqualTo(ConfigFile.read(null, Map.of()));
  }

  @Test
  void clientSettingsAreHandedOverAsTheyAre() throws Exception {
    Path file = file("kafka: {client: {security.protocol: SASL_SSL, retries: 3}}");
    assertThat(ConfigFile.read(file, Map.of()).kafka().client())
        .containsOnly(Map.entry("security.protocol", "SASL_SSL"), Map.entry("retries", "3"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "colour: red | unknown key colour; known here: kafka, broker, streams, ingest, spool, model",
        "inference: {batch: 3} | unknown key inference.batch; known here: provider, threads",
        "kafka: {retention: {frame: 1h}} | unknown key kafka.retention.frame; known here: frames",
        "kafka: {delivery: twice} | kafka.delivery must be exactly_once or at_least_once, not",
        "kafka: {delivery: 1} | kafka.delivery must be exactly_once or at_least_once",
        "'kafka: {delivery: }' | kafka.delivery must be exactly_once or at_least_once",
        "'inference: {provider: }' | inference.provider must be auto or cpu or cuda",
        "detector: {roles: [segment, vent]} | detector.roles must be all, or any of segment, inference,"
            + " event, alert, web, not \"vent\"",
        "detector: {roles: []} | detector.roles must be all, or any of segment, inference, event",
        "detector: {roles: segment} | detector.roles must be a list, such as [a, b]",
        "'detector: {roles: [segment, ~]}' | detector.roles must be all, or any of",
        "stream: {timeout: 999ms} | stream.timeout must be a duration from 1s to 1d",
        "stream: {timeout: 25h} | stream.timeout must be a duration from 1s to 1d",
        "segments: {hop: 1 fortnight} | segments.hop must be a duration such as 100ms, 5s",
        "segments: {hop: 960} | segments.hop must be a duration such as 100ms, 5s",
        "segments: {hop: 500ms} | segments.hop must be 960ms, 480ms or 240ms",
        "'segments: {hop: }' | segments.hop must be 960ms, 480ms or 240ms",
        "kafka: {commit_interval: 1m} | kafka.commit_interval must be a duration from 10ms to 10s",
        "kafka: {partitions: 0} | kafka.partitions must be a whole number from 1 to 1000",
        "kafka: {partitions: many} | kafka.partitions must be a whole number, not \"many\"",
        "kafka: {partitions: 4.5} | kafka.partitions must be a whole number",
        "kafka: {partitions: [4]} | kafka.partitions must be a whole number",
        "kafka: {partitions: true} | kafka.partitions must be a whole number",
        "kafka: {partitions: 99999999999} | kafka.partitions",
        "'kafka: {partitions: }' | kafka.partitions must be a whole number",
        "kafka: {client: 5} | kafka.client must be keys and values",
        "kafka: {retention: {events: 1s}} | kafka.retention.events must be a duration from 1m",
        "kafka: 5 | kafka must hold keys: bootstrap_servers, delivery",
        "kafka: {client: {acks: 1}} | kafka.client.acks must be left out: Earshot sets it itself",
        "kafka: {client: {sasl.jass.config: x}} | kafka.client.sasl.jass.config must be a setting of",
        "kafka: {client: {processing.guarantee: x}} | kafka.client.processing.guarantee must be a sett",
        "kafka: {client: {bootstrap.servers: a:1}} | kafka.client.bootstrap.servers must be left out",
        "kafka: {client: {request.timeout.ms: x1}} | kafka.client.request.timeout.ms must be what Kafka"
            + " allows: Not a number of type INT",
        "broker: {listen: localhost} | broker.listen must be an IP address of this machine, or 0.0.0.0",
        "broker: {port: 70000} | broker.port must be a whole number from 1 to 65535",
        "streams: {yard: 1} | streams must be a list, such as [a, b]",
        "streams: [yard] | streams[0] must be keys and values",
        "'streams: [~]' | streams[0] must be keys and values: name, source and so on",
        "'streams: [{source: -}]' | streams[0].name must be 1 to 128 of A-Za-z0-9._-",
        "'streams: [{name: a b, source: -}]' | streams[0].name must be 1 to 128 of A-Za-z0-9._-",
        "streams: [{name: a}] | streams[0].source must be a text that is not empty",
        "'streams: [{name: a, source: -}, {name: a, source: -}]' | streams[1].name must be another than",
        "'streams: [{name: a, source: -, gian: 3}]' | unknown key streams[0].gian; known here: channel,",
        "'streams: [{name: a, source: -, rate: 7999}]' | streams[0].rate must be a whole number from 8000",
        "'streams: [{name: a, source: -, channels: 0}]' | streams[0].channels must be a whole number from",
        "'streams: [{name: a, source: -, encoding: mp3}]' | streams[0].encoding is wrong: unknown encoding"
            + " 'mp3', allowed: u8, s8, s16le",
        "'streams: [{name: a, source: -, channel: -1}]' | streams[0].channel must be a whole number from",
        "'streams: [{name: a, source: -, gain: 61}]' | streams[0].gain must be a number from -60 to 60",
        "'streams: [{name: a, source: -, high_pass: 5}]' | streams[0].high_pass must be 0, or a number",
        "'streams: [{name: a, source: \"rtp://:1\", payloads: L16}]' | streams[0].payloads is wrong: payload 'L16'",
        "'streams: [{name: a, source: \"rtp://:1\", jitter: 3s}]' | streams[0].jitter must be a duration from 0ms",
        "'streams: [{name: a, source: \"rtp://:1\", idle: 1ms}]' | streams[0].idle must be a duration from 100ms",
        "'streams: [{name: a, source: -, pace: slow}]' | streams[0].pace must be fast or realtime",
        "'streams: [{name: a, source: \"udp://:1\", loop: true}]' | streams[0].loop must be left out: it is"
            + " for file and ffmpeg",
        "'streams: [{name: a, source: \"mic:\", rate: 8000}]' | streams[0].rate must be left out: it is for -,",
        "'streams: [{name: a, source: \"file:x\", idle: 1s}]' | streams[0].idle must be left out: it is for s",
        "'streams: [{name: a, source: \"tcp://:1\", jitter: 1ms}]' | streams[0].jitter must be left out: it",
        "'streams: [{name: a, source: \"http://x/y\", token: z}]' | streams[0].token must be left out: it is",
        "spool: {max_bytes: 1000} | spool.max_bytes must be a whole number from 16000000 to 10000000",
        "spool: {max_bytes: 2GB} | spool.max_bytes must be a number, not \"2GB\"",
        "spool: {catch_up: 1} | spool.catch_up must be a number from 1.1 to 100",
        "spool: {directory: ''} | spool.directory must be a text that is not empty",
        "model: {name: ''} | model.name must be a text that is not empty",
        "model: {name: [a]} | model.name must be a text",
        "inference: {ring: 100} | inference.ring must be a power of two from 16 to 4096",
        "inference: {ring: 16, max_batch: 32} | inference.ring must be at least max_batch",
        "inference: {overload: drop} | inference.overload must be wait or shed",
        "'inference: {overload: }' | inference.overload must be wait or shed",
        "inference: {backlog: 15} | inference.backlog must be a whole number from 16 to 65536",
        "events: {defaults: {onset: 1.5}} | events.defaults.onset must be above 0 and up to 1",
        "events: {defaults: {onset: high}} | events.defaults.onset must be a number, not \"high\"",
        "web: {enabled: maybe} | web.enabled must be true or false, not \"maybe\"",
        "web: {listen: localhost} | web.listen must be an IP address of this machine, or 0.0.0.0",
        "web: {port: 0} | web.port must be a whole number from 1 to 65535",
        "web: {token: fifteen-letters} | web.token must be empty, or 16 to 256 letters, digits or sig",
        "web: {token: [a]} | web.token must be a text",
        "clips: {pre_roll: 2m} | clips.pre_roll must be a duration from 0ms to 1m",
        "clips: {post_roll: x} | clips.post_roll must be a duration such as 100ms, 5s",
        "clips: {max_duration: 2h} | clips.max_duration must be a duration from 1s to 30m",
        "clips: {max_duration: 2s} | clips.max_duration must be longer than pre_roll",
        "metrics: {listen: localhost} | metrics.listen must be an IP address of this machine, or 0.0",
        "metrics: {port: 0} | metrics.port must be a whole number from 1 to 65535",
        "metrics: {streams: 0} | metrics.streams must be a whole number from 1 to 10000",
        "metrics: {labels: many} | metrics.labels must be a whole number, not \"many\"",
        "[1, 2] | it must hold keys: kafka, broker",
        "'kafka: {' | line 1 is not YAML: ",
        "'kafka: {partitions: 2, partitions: 3}' | line 1 is not YAML: Duplicate field 'partitions'"
      })
  void aBadFileIsRefusedInOneLineWithThePathAndWhatIsAllowed(String text, String message)
      throws Exception {
    Path file = file(text);
    assertRefused(file, Map.of(), file + ": " + message);
  }

  @Test
  void aBadFlagIsRefusedByItsPath() {
    assertRefused(
        null, Map.of("segments.hop", "100ms"), "command line: segments.hop must be 960ms, 480ms");
  }

  @Test
  void aMissingFileIsRefused() {
    Path file = folder.resolve("none.yaml");
    assertRefused(file, Map.of(), file + ": no such configuration file");
  }

  private static void assertRefused(Path file, Map<String, String> flags, String message) {
    UserException e = catchThrowableOfType(UserException.class, () -> ConfigFile.read(file, flags));
    assertThat(e).as("%s %s", file, flags).isNotNull();
    assertThat(e.status).isEqualTo(2);
    assertThat(e).hasMessageStartingWith(message).hasMessageNotContainingAny("\n", "com.fasterxml");
  }

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("my.yaml"), text);
  }

  private static List<String> shipped() throws Exception {
    return Files.readAllLines(SHIPPED);
  }

  @Test
  void producersBesideOneAnotherHaveSpoolsOfTheirOwn() {
    assertThat(new SpoolConfig(true, "data/spool", 16_000_000, 4).directories())
        .startsWith("data/spool", "data/spool-2", "data/spool-3")
        .doesNotHaveDuplicates();
    assertThat(new SpoolConfig(true, "mine", 16_000_000, 4).directories()).containsExactly("mine");
  }
}
