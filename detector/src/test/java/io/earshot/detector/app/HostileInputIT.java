package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Event;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What strangers write to the topics of a running detector, on a Kafka that lets 10 MB through. */
class HostileInputIT {
  private static final int MOST_BYTES = 12_000_000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);

  @TempDir Path folder;
  private final long now = System.currentTimeMillis();
  private final Map<String, String> reasons = new TreeMap<>();
  private final Map<String, byte[]> values = new TreeMap<>();
  private Producer<byte[], byte[]> producer;

  @Test
  void badRecordsBecomeDeadLettersAndGoodStreamsAreHeard() throws Exception {
    Config config =
        ConfigFile.read(
            null, Map.of("model.name", Shared.base().toString(), "stream.timeout", "2s"));
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      makeTopicOfLargeRecords(kafka);
      TopicSetup.run(config, kafka);
      ModelPackage model = ModelPackage.load(Shared.base());
      try (Detector detector = Detector.start(config, model, kafka, PipelineMetrics.NONE);
          Producer<byte[], byte[]> made = new KafkaProducer<>(producerSettings(kafka))) {
        producer = made;
        List<Frame> dog = dog();
        send(dog.subList(0, 25));
        sendHostileRecords(model);
        sendStuffedPatches(kafka);
        send(dog.subList(25, dog.size()));
        assertEachHasItsDeadLetter(kafka);
        // One stream says that it ends, the other falls silent.
        assertThat(streamsWithAClosedDog(kafka)).containsExactlyInAnyOrder("door", "yard");
        assertThat(streamsThatEnded(kafka)).containsExactlyInAnyOrder("door", "long");
        assertThat(detector.failed()).isNotDone();
      }
    }
  }

  private void sendHostileRecords(ModelPackage model) throws Exception {
    byte[] pcm = new byte[3_200];
    bad("bad_key", frame("two words", pcm, now));
    bad("bad_key", frame(null, pcm, now));
    bad("bad_key", frame("k".repeat(1_500_000), pcm, now));
    bad("empty", frame("door", null, now));
    bad("odd_length", frame("door", new byte[3_201], now));
    bad("too_long", frame("door", new byte[10_000_000], now));
    bad("bad_timestamp", frame("door", pcm, Long.MAX_VALUE));
    ProducerRecord<byte[], byte[]> nan = frame("door", new byte[] {0, 0, (byte) 0xc0, 0x7f}, now);
    nan.headers().add("encoding", "f32le".getBytes(US_ASCII));
    bad("not_finite", nan);
    bad("bad_patch", record(Topics.PATCHES, "door", new byte[100]));
    bad("bad_patch", record(Topics.PATCHES, "door", null));
    bad("bad_scores", record(Topics.SCORES, "door", new byte[7]));
    bad("bad_scores", record(Topics.SCORES, null, new byte[4 * model.classes()]));
    // The largest frame that is one.
    producer.send(
        new Frame("long", "", 0, now, Encoding.F32LE, new byte[Frame.MAX_BYTES], true)
            .toRecord(Topics.FRAMES));
    // Scored, for its size is right, but then nobody knows whose scores these are.
    producer.send(record(Topics.PATCHES, "door", new byte[96 * 64 * 4])).get();
  }

  /** Megabytes that compressed pass any topic, and that would come out again with the scores. */
  private void sendStuffedPatches(Map<String, Object> kafka) throws Exception {
    Map<String, Object> settings = producerSettings(kafka);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
    byte[] patch = new byte[96 * 64 * 4];
    ProducerRecord<byte[], byte[]> header = record(Topics.PATCHES, "door", patch);
    header.headers().add("stuffing", new byte[8_000_000]);
    Producer<byte[], byte[]> plain = producer;
    try (Producer<byte[], byte[]> compressing = new KafkaProducer<>(settings)) {
      producer = compressing;
      bad("bad_patch", header);
      bad("bad_patch", record(Topics.PATCHES, "k".repeat(8_000_000), patch));
    } finally {
      producer = plain;
    }
  }

  private void bad(String reason, ProducerRecord<byte[], byte[]> record) throws Exception {
    RecordMetadata at = producer.send(record).get();
    String place = at.topic() + " " + at.partition() + " " + at.offset();
    reasons.put(place, reason);
    values.put(place, record.value() == null ? new byte[0] : record.value());
  }

  private void assertEachHasItsDeadLetter(Map<String, Object> kafka) throws Exception {
    Map<String, String> found = new TreeMap<>();
    int others = 0;
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    try (Consumer<byte[], byte[]> consumer = JsonReader.consumer(kafka)) {
      var partitions = JsonReader.partitions(consumer, Topics.DEAD_LETTERS);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (found.size() + others < reasons.size() + 1 && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofMillis(100))) {
          JsonNode json = new ObjectMapper().readTree(letter.value());
          String place = place(json);
          if (reasons.containsKey(place)) {
            found.put(place, json.get("reason").asText());
            assertSample(json, values.get(place));
          } else {
            others++;
            assertThat(json.get("message").asText()).isEqualTo("header session is missing");
          }
        }
      }
    }
    assertThat(found).isEqualTo(reasons);
    assertThat(others).isOne();
  }

  private static void assertSample(JsonNode letter, byte[] value) {
    assertThat(Base64.getDecoder().decode(letter.get("sample").asText()))
        .isEqualTo(Arrays.copyOf(value, Math.min(64, value.length)));
  }

  private static String place(JsonNode letter) {
    return "%s %d %d"
        .formatted(
            letter.get("topic").asText(),
            letter.get("partition").asInt(),
            letter.get("offset").asLong());
  }

  private static Set<String> streamsWithAClosedDog(Map<String, Object> kafka) {
    Set<String> streams = new HashSet<>();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    try (JsonReader<Event> events = JsonReader.open(kafka, Topics.EVENTS, Event.class, true)) {
      while (streams.size() < 2 && System.nanoTime() < deadline) {
        for (Event event : events.poll(Duration.ofMillis(100))) {
          if (event.state() == Event.State.CLOSED && event.label().equals("dog_bark")) {
            streams.add(event.stream());
          }
        }
      }
    }
    return streams;
  }

  /** Those that said so; what only fell silent may come back. */
  private static Set<String> streamsThatEnded(Map<String, Object> kafka) throws Exception {
    Set<String> streams = new HashSet<>();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    try (StreamEnds ends = StreamEnds.open(kafka)) {
      while (streams.size() < 2 && System.nanoTime() < deadline) {
        streams.addAll(ends.poll());
        Thread.sleep(20);
      }
      // Were there another, it would come now.
      for (int i = 0; i < 20; i++) {
        streams.addAll(ends.poll());
        Thread.sleep(20);
      }
    }
    return streams;
  }

  /** The golden file as two streams; the bark is in its second half, and only one has an end. */
  private List<Frame> dog() throws Exception {
    byte[] wav = Files.readAllBytes(Shared.path("golden/dog.wav"));
    byte[] pcm = Arrays.copyOfRange(wav, 44, wav.length);
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i * 3_200 < pcm.length; i++) {
      byte[] value = Arrays.copyOfRange(pcm, i * 3_200, Math.min(pcm.length, (i + 1) * 3_200));
      boolean last = (i + 1) * 3_200 >= pcm.length;
      frames.add(new Frame("door", "s", i, now + i * 100L, Encoding.S16LE, value, last));
      frames.add(new Frame("yard", "s", i, now + i * 100L, Encoding.S16LE, value, false));
    }
    return frames;
  }

  private void send(List<Frame> frames) {
    frames.forEach(frame -> producer.send(frame.toRecord(Topics.FRAMES)));
  }

  private static ProducerRecord<byte[], byte[]> frame(String key, byte[] value, long millis) {
    byte[] bytes = key == null ? null : key.getBytes(UTF_8);
    return new ProducerRecord<>(Topics.FRAMES, null, millis, bytes, value);
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
    return new ProducerRecord<>(topic, key == null ? null : key.getBytes(UTF_8), value);
  }

  /** From its beginning: a topic that is altered refuses them for a moment yet. */
  private static void makeTopicOfLargeRecords(Map<String, Object> kafka) throws Exception {
    NewTopic frames = new NewTopic(Topics.FRAMES, 4, (short) 1);
    frames.configs(
        Map.of(
            "max.message.bytes",
            Integer.toString(MOST_BYTES),
            Topics.AHEAD_OF_CLOCK,
            Long.toString(Long.MAX_VALUE)));
    try (Admin admin = Admin.create(kafka)) {
      admin.createTopics(List.of(frames)).all().get();
    }
  }

  private static Map<String, Object> producerSettings(Map<String, Object> kafka) {
    Map<String, Object> settings = new TreeMap<>(kafka);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_BYTES);
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return settings;
  }
}
