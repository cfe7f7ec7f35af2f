package io.earshot.detector.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.detector.broker.PromptCommits;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The segment stage without a broker, and what it has counted. */
final class FrameStage implements AutoCloseable {
  static final long T = 1_700_000_000_000L;
  static final int HOP = 15_360;
  static final int FRAME = 1_600;
  static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  final Map<String, Long> counts = new TreeMap<>();
  final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> in;
  private final TestOutputTopic<String, byte[]> patches;
  private final TestOutputTopic<String, byte[]> deadLetters;

  FrameStage() {
    Topology topology = new Topology();
    SegmentTopology.addTo(
        topology, new SegmentSettings(HOP, 0.001, TIMEOUT), PromptCommits.NONE, new Counts());
    driver = new TopologyTestDriver(topology, Instant.ofEpochMilli(T));
    var bytes = new ByteArraySerializer();
    in = driver.createInputTopic(Topics.FRAMES, bytes, bytes);
    var text = new StringDeserializer();
    patches = driver.createOutputTopic(Topics.PATCHES, text, new ByteArrayDeserializer());
    deadLetters = driver.createOutputTopic(Topics.DEAD_LETTERS, text, new ByteArrayDeserializer());
  }

  void send(Frame frame) {
    ProducerRecord<byte[], byte[]> record = frame.toRecord(Topics.FRAMES);
    send(new TestRecord<>(record.key(), record.value(), record.headers(), record.timestamp()));
  }

  void send(TestRecord<byte[], byte[]> record) {
    in.pipeInput(record);
  }

  /** Lets time pass; forgets what went into the changelogs, which the driver would keep. */
  void pass(Duration time) {
    driver.advanceWallClockTime(time);
    for (String topic : driver.producedTopicNames()) {
      if (topic.endsWith("-changelog")) {
        var bytes = new ByteArrayDeserializer();
        driver.createOutputTopic(topic, bytes, bytes).readRecordsToList();
      }
    }
  }

  List<TestRecord<String, byte[]>> patches() {
    return patches.readRecordsToList();
  }

  /** The dead letters since the last call, each with all of its fields. */
  List<JsonNode> deadLetters() {
    List<JsonNode> letters = new ArrayList<>();
    for (TestRecord<String, byte[]> letter : deadLetters.readRecordsToList()) {
      try {
        letters.add(JSON.readTree(letter.value()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return letters;
  }

  long count(String what) {
    return counts.getOrDefault(what, 0L);
  }

  /** Entries in both stores. */
  int stored() {
    int count = 0;
    for (String store : List.of(SegmentTopology.FRAME_STORE, SegmentTopology.RUN_STORE)) {
      try (var all = driver.getKeyValueStore(store).all()) {
        for (; all.hasNext(); all.next()) {
          count++;
        }
      }
    }
    return count;
  }

  @Override
  public void close() {
    driver.close();
  }

  /** A frame of 100 ms of noise, the same for the same stream and number. */
  static Frame frame(String stream, String session, long seq, long captureMillis) {
    return new Frame(
        stream, session, seq, captureMillis, Encoding.S16LE, noise(stream, seq, FRAME), false);
  }

  static Frame end(String stream, String session, long seq, long captureMillis) {
    return new Frame(stream, session, seq, captureMillis, Encoding.S16LE, new byte[0], true);
  }

  static byte[] noise(String stream, long seq, int samples) {
    SplittableRandom random = new SplittableRandom(stream.hashCode() * 31L + seq);
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples; i++) {
      bytes.putShort((short) random.nextInt(-8_000, 8_000));
    }
    return bytes.array();
  }

  /** Key, time, headers and bytes: all that makes a patch equal to another. */
  static String content(TestRecord<String, byte[]> record) {
    StringBuilder content = new StringBuilder(record.key()).append('@').append(record.timestamp());
    for (Header header : record.headers()) {
      content.append(' ').append(header.key()).append('=');
      content.append(new String(header.value(), UTF_8));
    }
    return content + " " + ByteBuffer.wrap(record.value()).hashCode() + " " + record.value().length;
  }

  private final class Counts implements PipelineMetrics {
    private void add(String what) {
      counts.merge(what, 1L, Long::sum);
    }

    @Override
    public void frame(String stream, int bytes) {
      add("taken");
    }

    @Override
    public void frameDropped(String stream, String reason) {
      add("dropped " + reason);
    }

    @Override
    public void gap(String stream) {
      add("gaps");
    }

    @Override
    public void clockJumped(String stream, String kind) {
      add("clock " + kind);
    }

    @Override
    public void streamTimedOut(String stream) {
      add("timed out");
    }

    @Override
    public void deadLetter(String reason) {
      add("dead letter " + reason);
    }
  }
}
