package io.earshot.detector.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Base64;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTopologyTest {
  private static final long T = 1_700_000_000_000L;
  private static final int HOP = 15_360;
  private static final int FRAME = 1_600;

  private final Counts counts = new Counts();
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> in;
  private TestOutputTopic<String, byte[]> patches;
  private TestOutputTopic<String, byte[]> deadLetters;

  @BeforeEach
  void open() {
    open(HOP);
  }

  private void open(int hop) {
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

  @Test
  void aRecordingBecomesItsPatchesAndAnEndMarker() throws Exception {
    Golden dog = golden("dog.wav");
    send(frames("door", "s", dog.pcm()));
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    assertThat(out).hasSize(6);
    for (int n = 0; n < 5; n++) {
      TestRecord<String, byte[]> patch = out.get(n);
      assertThat(patch.key()).isEqualTo("door");
      assertThat(patch.timestamp()).isEqualTo(T + n * 960L);
      assertThat(headers(patch))
          .startsWith(
              "session=s.1700000000000",
              "index=" + n,
              "start=" + (T + n * 960L) * 1000,
              "coverage=1.0000")
          .hasSize(6);
      assertThat(headers(patch).get(4)).matches("rms_dbfs=-\\d{1,2}\\.\\d\\d");
      assertThat(headers(patch).get(5)).matches("envelope=[0-9a-f]{48}");
      golden("dog.wav").assertPatch(n * 96, floats(patch.value()));
    }
    assertEnd(out.get(5), "s.1700000000000");
    assertThat(counts.seen).containsOnly("frame", "patch");
  }

  /** 0.5 is 20 log10(0.5) = -6.02 dBFS; 2,400 of 15,600 samples are a share of 0.1538. */
  @Test
  void aShortStreamIsFilledUpAndSaysHowMuchWasHeard() {
    short[] pcm = new short[2_400];
    Arrays.fill(pcm, (short) 16_384);
    send(frames("door", "", pcm));
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    assertThat(out).hasSize(2);
    // The level is of the 960 ms: -6.02 + 10 log10(2,400 / 15,360).
    assertThat(headers(out.get(0)))
        .containsExactly(
            "session=1700000000000",
            "index=0",
            "start=1700000000000000",
            "coverage=0.1538",
            "rms_dbfs=-14.08",
            // 150 ms are three steps of 40 ms at -6 dBFS and three quarters of one, 1.25 dB less.
            "envelope=0c0c0c0f" + "fe".repeat(20));
    assertEnd(out.get(1), "1700000000000");
  }

  @Test
  void floatFramesAreHeardLikeIntegers() throws Exception {
    Golden rain = golden("rain.wav");
    short[] pcm = rain.pcm();
    ByteBuffer floats = ByteBuffer.allocate(pcm.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (short sample : pcm) {
      floats.putFloat(sample / 32768f);
    }
    send(List.of(new Frame("f", "", -1, T, Encoding.F32LE, floats.array(), true)));
    send(List.of(new Frame("i", "", -1, T, Encoding.S16LE, bytes(pcm), true)));
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    assertThat(out).hasSize(12);
    for (int n = 0; n < 6; n++) {
      assertThat(out.get(n).value()).isEqualTo(out.get(n + 6).value());
      assertThat(headers(out.get(n))).isEqualTo(headers(out.get(n + 6)));
    }
  }

  @Test
  void streamsThatInterleaveAreHeardApart() throws Exception {
    List<Frame> dog = frames("dog", "s", golden("dog.wav").pcm());
    List<Frame> rain = frames("dog.2", "s", golden("rain.wav").pcm());
    for (int i = 0; i < dog.size(); i++) {
      send(List.of(dog.get(i), rain.get(i)));
    }
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    assertThat(out).hasSize(12);
    int[] next = {0, 0};
    for (TestRecord<String, byte[]> patch : out.subList(0, 10)) {
      boolean isDog = patch.key().equals("dog");
      golden(isDog ? "dog.wav" : "rain.wav")
          .assertPatch(96 * next[isDog ? 0 : 1]++, floats(patch.value()));
    }
    assertThat(next).containsExactly(5, 5);
  }

  @Test
  void duplicatesAndLateFramesAreDroppedAndCounted() throws Exception {
    List<Frame> frames = frames("door", "s", golden("dog.wav").pcm());
    send(frames);
    List<List<Object>> once = content(patches.readRecordsToList());
    counts.seen.clear();
    List<Frame> unruly = new ArrayList<>(frames);
    unruly.add(30, frames.get(29));
    unruly.add(40, frames.get(3));
    send(unruly);
    assertThat(content(patches.readRecordsToList())).isEqualTo(once).hasSize(6);
    assertThat(counts.seen).containsOnlyOnce("duplicate", "late").doesNotContain("gap");
  }

  @Test
  void aGapOf200MsStaysInTheRunAndLowersCoverage() {
    List<Frame> frames = frames("door", "s", new short[31_200]);
    frames.subList(4, 6).clear();
    send(frames);
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    assertThat(out).hasSize(3);
    // 3,200 of 15,600 samples are missing.
    assertThat(headers(out.get(0))).contains("index=0", "coverage=0.7949");
    assertThat(headers(out.get(1))).contains("index=1", "coverage=1.0000");
  }

  @Test
  void aLongerGapEndsTheRunAndBeginsAnother() {
    List<Frame> frames = frames("door", "s", new short[48_000]);
    frames.subList(12, 15).clear();
    send(frames);
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    // 19,200 samples before: the 3,600 that no patch had heard are less than half a hop.
    // 24,000 after, from 1.5 s on: 8,400 are more.
    assertThat(out).hasSize(4);
    assertThat(headers(out.get(0))).contains("session=s.1700000000000", "index=0");
    assertThat(headers(out.get(1)))
        .contains("session=s.1700000001500", "index=0", "start=1700000001500000");
    assertThat(headers(out.get(2))).contains("session=s.1700000001500", "index=1");
    assertEnd(out.get(3), "s.1700000001500");
    assertThat(counts.seen).containsOnlyOnce("gap");
  }

  @Test
  void anotherSessionFinishesTheOneBefore() {
    send(frames("door", "a", new short[32_000]).subList(0, 10));
    send(frames("door", "b", new short[8_000]));
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    assertThat(out).hasSize(3);
    assertThat(headers(out.get(0))).contains("session=a.1700000000000", "coverage=1.0000");
    assertThat(headers(out.get(1))).contains("session=b.1700000000000", "coverage=0.5128");
    assertEnd(out.get(2), "b.1700000000000");
  }

  @Test
  void theEndOfAnOlderSessionDoesNotEndTheNewOne() {
    send(frames("door", "a", new short[8_000]));
    List<Frame> frames = frames("door", "b", new short[16_000]);
    send(frames.subList(0, 5));
    patches.readRecordsToList();
    send(List.of(new Frame("door", "a", 5, T + 500, Encoding.S16LE, new byte[0], true)));
    assertThat(patches.isEmpty()).isTrue();
    assertThat(counts.seen).containsOnlyOnce("late");
    send(frames.subList(5, 10));
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    assertThat(headers(out.get(0))).contains("session=b.1700000000000", "coverage=1.0000");
  }

  @Test
  void anEndOfAStreamThatNobodyKnowsIsPassedOn() {
    send(List.of(new Frame("door", "s", 7, T, Encoding.S16LE, new byte[0], true)));
    assertEnd(patches.readRecord(), "s");
    assertThat(patches.isEmpty()).isTrue();
  }

  /** A frame is written and deleted once; what stays is the tail that the next segment needs. */
  @Test
  void onlyTheFramesThatAreStillNeededAreKept() {
    List<Frame> frames = frames("door", "s", new short[20 * HOP]);
    for (Frame frame : frames.subList(0, frames.size() - 1)) {
      send(List.of(frame));
      // 15,600 samples touch at most eleven frames of 1,600.
      assertThat(stored(SegmentTopology.FRAME_STORE)).isBetween(1, 11);
      assertThat(stored(SegmentTopology.RUN_STORE)).isEqualTo(1);
    }
    send(List.of(frames.get(frames.size() - 1)));
    assertThat(stored(SegmentTopology.FRAME_STORE)).isZero();
    assertThat(stored(SegmentTopology.RUN_STORE)).isZero();
  }

  @Test
  void aStreamThatChangesItsRunLeavesNothingBehind() {
    for (String session : List.of("a", "b", "c")) {
      send(frames("door", session, new short[30_000]).subList(0, 18));
    }
    assertThat(counts.seen).contains("gap").doesNotContain("other_session");
    assertThat(stored(SegmentTopology.FRAME_STORE)).isLessThanOrEqualTo(11);
    assertThat(stored(SegmentTopology.RUN_STORE)).isEqualTo(1);
    send(List.of(new Frame("door", "c", 18, T + 1800, Encoding.S16LE, new byte[0], true)));
    assertThat(stored(SegmentTopology.FRAME_STORE)).isZero();
    assertThat(stored(SegmentTopology.RUN_STORE)).isZero();
  }

  /** The stores alone, as a changelog brings them back, hold all that the next process needs. */
  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 11, 24, 30, 49, 50})
  void anotherProcessGoesOnBitForBit(int restartAt) throws Exception {
    List<Frame> frames = frames("door", "s", golden("dog.wav").pcm());
    frames.subList(26, 28).clear();
    frames.add(12, frames.get(11));
    send(frames);
    List<List<Object>> whole = content(patches.readRecordsToList());
    send(frames.subList(0, restartAt));
    List<List<Object>> parts = new ArrayList<>(content(patches.readRecordsToList()));
    reopen(HOP);
    send(frames.subList(restartAt, frames.size()));
    parts.addAll(content(patches.readRecordsToList()));
    assertThat(parts).isEqualTo(whole).hasSize(6);
    assertThat(stored(SegmentTopology.FRAME_STORE)).isZero();
  }

  @Test
  void aChangedHopBeginsANewRunAndForgetsTheOld() {
    List<Frame> frames = frames("door", "s", new short[32_000]);
    send(frames.subList(0, 12));
    assertThat(headers(patches.readRecord())).contains("session=s.1700000000000");
    reopen(HOP / 2);
    send(frames.subList(12, 20));
    List<TestRecord<String, byte[]>> out = patches.readRecordsToList();
    assertThat(headers(out.get(0))).contains("session=s.1700000001200", "index=0");
    assertThat(stored(SegmentTopology.FRAME_STORE)).isZero();
    assertThat(stored(SegmentTopology.RUN_STORE)).isZero();
  }

  @Test
  void anEndAfterAChangedHopLeavesNothingBehind() {
    List<Frame> frames = frames("door", "s", new short[32_000]);
    send(frames.subList(0, 12));
    patches.readRecordsToList();
    reopen(HOP / 2);
    send(List.of(new Frame("door", "s", 12, T + 1200, Encoding.S16LE, new byte[0], true)));
    assertEnd(patches.readRecord(), "s");
    assertThat(stored(SegmentTopology.FRAME_STORE)).isZero();
    assertThat(stored(SegmentTopology.RUN_STORE)).isZero();
  }

  /** Another process with the stores of this one. */
  private void reopen(int hop) {
    TopologyTestDriver before = driver;
    open(hop);
    for (String store : List.of(SegmentTopology.FRAME_STORE, SegmentTopology.RUN_STORE)) {
      try (var all = before.getKeyValueStore(store).all()) {
        all.forEachRemaining(entry -> driver.getKeyValueStore(store).put(entry.key, entry.value));
      }
    }
    before.close();
  }

  @ParameterizedTest
  @CsvSource({
    "encoding, mp3, bad_encoding",
    "rate, 44100, bad_rate",
    "channels, 2, bad_channels",
    "seq, -1, bad_seq",
    "session, a b, bad_session",
    "end, yes, bad_end"
  })
  void aFrameWithABadHeaderIsADeadLetter(String header, String value, String reason) {
    assertDeadLetter("door", new byte[] {1, 2}, header, value, reason);
  }

  @Test
  void badKeysAndBytesAreDeadLetters() {
    assertDeadLetter("two words", new byte[2], "seq", "1", "bad_key");
    assertDeadLetter(null, new byte[2], "seq", "1", "bad_key");
    assertDeadLetter("door", new byte[0], "seq", "1", "empty");
    assertDeadLetter("door", null, "seq", "1", "empty");
    assertDeadLetter("door", new byte[3], "seq", "1", "odd_length");
    assertDeadLetter("door", new byte[(1 << 20) + 2], "seq", "1", "too_long");
    byte[] nan = {0, 0, (byte) 0xc0, 0x7f};
    assertDeadLetter("door", nan, "encoding", "f32le", "not_finite");
  }

  private void assertDeadLetter(
      String key, byte[] value, String header, String text, String reason) {
    in.pipeInput(record("good", new byte[2], "seq", "1"));
    in.pipeInput(record(key, value, header, text));
    TestRecord<String, byte[]> letter = deadLetters.readRecord();
    assertThat(letter.key()).isEqualTo(key);
    assertThat(letter.timestamp()).isEqualTo(T);
    JsonNode json = json(letter.value());
    assertThat(json.get("reason").asText()).isEqualTo(reason);
    assertThat(json.get("message").asText()).startsWith(reason + ": ");
    assertThat(json.get("topic").asText()).isEqualTo(Topics.FRAMES);
    assertThat(json.get("partition").asInt()).isZero();
    assertThat(json.get("offset").asLong()).isEqualTo(sent - 1);
    byte[] sample = value == null ? new byte[0] : Arrays.copyOf(value, Math.min(64, value.length));
    assertThat(Base64.getDecoder().decode(json.get("sample").asText())).isEqualTo(sample);
    assertThat(json.size()).isEqualTo(6);
    assertThat(counts.seen).endsWith(reason);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5})
  void timesAtTheBeginningOfTheEpochAreTimesToo(long millis) {
    send(List.of(new Frame("door", "", -1, millis, Encoding.S16LE, new byte[32_000], true)));
    TestRecord<String, byte[]> patch = patches.readRecord();
    assertThat(patch.timestamp()).isEqualTo(millis);
    assertThat(headers(patch)).contains("start=" + millis * 1000);
  }

  private long sent;

  private void send(List<Frame> frames) {
    for (Frame frame : frames) {
      ProducerRecord<byte[], byte[]> record = frame.toRecord(Topics.FRAMES);
      in.pipeInput(
          new TestRecord<>(record.key(), record.value(), record.headers(), record.timestamp()));
      sent++;
    }
  }

  private TestRecord<byte[], byte[]> record(String key, byte[] value, String header, String text) {
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

  private static byte[] bytes(short[] pcm) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * pcm.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(pcm);
    return bytes.array();
  }

  private static Golden golden(String wav) throws Exception {
    return Golden.all().stream()
        .filter(file -> file.wav().equals(wav) && file.offset() == 0.001)
        .findFirst()
        .orElseThrow();
  }

  private int stored(String store) {
    int count = 0;
    try (var all = driver.getKeyValueStore(store).all()) {
      while (all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
  }

  private static void assertEnd(TestRecord<String, byte[]> record, String session) {
    assertThat(record.value()).isEmpty();
    assertThat(headers(record)).containsExactly("session=" + session, "end=1");
  }

  private static List<String> headers(TestRecord<?, ?> record) {
    List<String> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      headers.add(header.key() + "=" + new String(header.value(), UTF_8));
    }
    return headers;
  }

  private static List<List<Object>> content(List<TestRecord<String, byte[]>> records) {
    return records.stream()
        .map(r -> List.<Object>of(r.key(), headers(r), r.timestamp(), ByteBuffer.wrap(r.value())))
        .toList();
  }

  private static float[] floats(byte[] value) {
    float[] floats = new float[value.length / 4];
    ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  private static JsonNode json(byte[] value) {
    try {
      return new ObjectMapper().readTree(value);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Counts implements PipelineMetrics {
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
