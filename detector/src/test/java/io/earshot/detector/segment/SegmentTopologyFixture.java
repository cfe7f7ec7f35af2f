package io.earshot.detector.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.broker.PromptCommits;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.feature.Segment;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The segment stage with frames made of golden recordings, and what it has counted. */
abstract class SegmentTopologyFixture {
  static final long T = 1_700_000_000_000L;
  static final int HOP = 15_360;
  static final int FRAME = 1_600;

  final Counts counts = new Counts();
  TopologyTestDriver driver;
  TestInputTopic<byte[], byte[]> in;
  TestOutputTopic<String, byte[]> patches;
  TestOutputTopic<String, byte[]> deadLetters;

  long sent;

  @BeforeEach
  void open() {
    open(HOP);
  }

  void open(int hop) {
    Topology topology = new Topology();
    SegmentTopology.addTo(
        topology,
        new SegmentSettings(hop, 0.001, Duration.ofSeconds(60)),
        PromptCommits.NONE,
        counts);
    driver = new TopologyTestDriver(topology, Instant.ofEpochMilli(T));
    var bytes = new ByteArraySerializer();
    in = driver.createInputTopic(Topics.FRAMES, bytes, bytes);
    var text = new StringDeserializer();
    patches = driver.createOutputTopic(Topics.PATCHES, text, new ByteArrayDeserializer());
    deadLetters = driver.createOutputTopic(Topics.DEAD_LETTERS, text, new ByteArrayDeserializer());
  }

  @AfterEach
  void close() {
    driver.close();
  }

  /** Another process with the stores of this one. */
  void reopen(int hop) {
    TopologyTestDriver before = driver;
    open(hop);
    for (String store : List.of(SegmentTopology.FRAME_STORE, SegmentTopology.RUN_STORE)) {
      try (var all = before.getKeyValueStore(store).all()) {
        all.forEachRemaining(entry -> driver.getKeyValueStore(store).put(entry.key, entry.value));
      }
    }
    before.close();
  }

  void send(List<Frame> frames) {
    for (Frame frame : frames) {
      ProducerRecord<byte[], byte[]> record = frame.toRecord(Topics.FRAMES);
      in.pipeInput(
          new TestRecord<>(record.key(), record.value(), record.headers(), record.timestamp()));
      sent++;
    }
  }

  TestRecord<byte[], byte[]> record(String key, byte[] value, String header, String text) {
    sent++;
    TestRecord<byte[], byte[]> record =
        new TestRecord<>(key == null ? null : key.getBytes(UTF_8), value, null, T);
    record.headers().add(header, text.getBytes(UTF_8));
    return record;
  }

  /** Frames of 100 ms from T on, the last one with the end marker. */
  static List<Frame> frames(String stream, String session, short[] pcm) {
    int count = (pcm.length + FRAME - 1) / FRAME;
    return new ArrayList<>(
        IntStream.range(0, count)
            .mapToObj(
                i -> {
                  int end = Math.min(pcm.length, (i + 1) * FRAME);
                  byte[] value = bytes(Arrays.copyOfRange(pcm, i * FRAME, end));
                  return new Frame(
                      stream, session, i, T + i * 100L, Encoding.S16LE, value, i == count - 1);
                })
            .toList());
  }

  static byte[] bytes(short[] pcm) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * pcm.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(pcm);
    return bytes.array();
  }

  static Golden golden(String wav) throws Exception {
    return Golden.all().stream()
        .filter(file -> file.wav().equals(wav) && file.offset() == 0.001)
        .findFirst()
        .orElseThrow();
  }

  int stored(String store) {
    int count = 0;
    try (var all = driver.getKeyValueStore(store).all()) {
      while (all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
  }

  static void assertEnd(TestRecord<String, byte[]> record, String session) {
    assertThat(record.value()).isEmpty();
    assertThat(headers(record)).containsExactly("session=" + session, "end=1");
  }

  static List<String> headers(TestRecord<?, ?> record) {
    List<String> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      headers.add(header.key() + "=" + new String(header.value(), UTF_8));
    }
    return headers;
  }

  static List<List<Object>> content(List<TestRecord<String, byte[]>> records) {
    return records.stream()
        .map(r -> List.<Object>of(r.key(), headers(r), r.timestamp(), ByteBuffer.wrap(r.value())))
        .toList();
  }

  static float[] floats(byte[] value) {
    float[] floats = new float[value.length / 4];
    ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  static final class Counts implements PipelineMetrics {
    final List<String> seen = new ArrayList<>();

    @Override
    public void frame(String stream, int bytes) {
      seen.add("frame");
    }

    @Override
    public void frameDropped(String stream, String reason) {
      seen.add(reason);
    }

    @Override
    public void segmentsLeft(String stream) {
      seen.add(stream + " left");
    }

    @Override
    public void gap(String stream) {
      seen.add("gap");
    }

    @Override
    public void deadLetter(String reason) {
      seen.add(reason);
    }

    @Override
    public void patch(String stream, Segment segment) {
      seen.add("patch");
    }
  }
}
