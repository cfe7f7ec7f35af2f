package io.earshot.detector.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.earshot.detector.broker.PromptCommits;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The event stage without a broker: scores of six labels of net@2 go in. */
abstract class EventTopologyFixture {
  static final long START = 1_700_000_000_000_000L;
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<String> counted = new ArrayList<>();
  TopologyTestDriver driver;
  TestOutputTopic<String, byte[]> events;
  TestOutputTopic<String, byte[]> candidates;
  TestOutputTopic<String, byte[]> deadLetters;
  long sent;
  private TestInputTopic<byte[], byte[]> in;

  EventRules rules() {
    return EventTrackerTest.rules(new Event.Model("net", "2"));
  }

  @BeforeEach
  void open() {
    Topology topology = new Topology();
    EventTopology.addTo(
        topology, rules(), Duration.ofSeconds(60), PromptCommits.NONE, new Counts());
    driver = new TopologyTestDriver(topology);
    var bytes = new ByteArraySerializer();
    in = driver.createInputTopic(Topics.SCORES, bytes, bytes);
    var text = new StringDeserializer();
    events = driver.createOutputTopic(Topics.EVENTS, text, new ByteArrayDeserializer());
    candidates = driver.createOutputTopic(Topics.CANDIDATES, text, new ByteArrayDeserializer());
    deadLetters = driver.createOutputTopic(Topics.DEAD_LETTERS, text, new ByteArrayDeserializer());
  }

  @AfterEach
  void close() {
    driver.close();
  }

  void send(String key, Map<String, String> headers, byte[] value) {
    sent++;
    byte[] keyBytes = key == null ? null : key.getBytes(UTF_8);
    TestRecord<byte[], byte[]> record = new TestRecord<>(keyBytes, value, null, START / 1000);
    headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
    in.pipeInput(record);
  }

  int remembered() {
    int count = 0;
    try (var all = driver.getKeyValueStore(EventTopology.STORE).all()) {
      for (; all.hasNext(); all.next()) {
        count++;
      }
    }
    return count;
  }

  static Map<String, String> headers(int index) {
    return new TreeMap<>(
        Map.of(
            "session", "s",
            "index", Integer.toString(index),
            "start", Long.toString(START + index * 960_000L),
            "coverage", "0.5000",
            "rms_dbfs", "-12.50",
            "model", "net@2"));
  }

  static byte[] scores(float... first) {
    ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(first);
    return bytes.array();
  }

  static JsonNode json(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static JsonSchema schema(String name) {
    try (InputStream in = Files.newInputStream(Path.of("../config/" + name))) {
      SchemaValidatorsConfig checked =
          SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in, checked);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private final class Counts implements PipelineMetrics {
    @Override
    public void deadLetter(String reason) {
      counted.add(reason);
    }

    @Override
    public void segmentDropped(String stream) {
      counted.add("dropped");
    }

    @Override
    public void event(String stream, String label, String state) {
      counted.add(state);
    }

    @Override
    public void eventsLeft(String stream) {
      counted.add(stream + " left");
    }

    @Override
    public void candidate(String stream, String reason) {
      counted.add(reason);
    }
  }
}
