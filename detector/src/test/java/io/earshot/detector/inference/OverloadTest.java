package io.earshot.detector.inference;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.detector.broker.PromptCommits;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Event;
import io.earshot.detector.event.EventRules;
import io.earshot.detector.event.EventTopology;
import io.earshot.detector.metrics.PipelineMetrics;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From patches that come faster than they are scored to the events, without Kafka. */
@Timeout(60)
class OverloadTest {
  private static final long PLACE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int BACKLOG = 8;
  private static final int SEGMENTS = 60;

  private final Semaphore permits = new Semaphore(0);
  private final Semaphore answers = new Semaphore(0);
  private final List<ProducerRecord<byte[], byte[]>> sent = new CopyOnWriteArrayList<>();
  private final List<String> unscored = new CopyOnWriteArrayList<>();

  @Test
  void sustainedOverloadLowersTheCoverageOfEventsAndDoesNotBreakThem() throws Exception {
    PatchRing ring = new PatchRing(2);
    Shedding shedding = new Shedding(BACKLOG, stream -> {});
    RingWriter writer = new RingWriter(ring, shedding, 0.001);
    InferenceLoop loop = loop(ring);
    Thread thread = new Thread(loop, "overload-test");
    thread.setDaemon(true);
    thread.start();
    // One patch is scored for each two that come.
    for (int i = 0; i < SEGMENTS; i += 2) {
      writer.add(records(patch(i), patch(i + 1)), 0);
      assertThat(shedding.patches()).isLessThanOrEqualTo(BACKLOG);
      permits.release();
      while (!answers.tryAcquire(1, TimeUnit.MILLISECONDS)) {
        writer.moveUp(System.nanoTime(), () -> loop.failure() != null);
      }
      // The place of what was scored is taken before more comes, or whole runs would be shed.
      writer.moveUp(System.nanoTime() + PLACE_NANOS, () -> loop.failure() != null);
    }
    permits.release(SEGMENTS);
    moveUp(writer, loop);
    writer.add(records(Patches.end(0, SEGMENTS, 1)), 0);
    moveUp(writer, loop);
    loop.stop();
    thread.join(20_000);
    assertThat(loop.failure()).isNull();

    assertThat(sent).hasSize(SEGMENTS + 1);
    assertThat(sent.subList(0, SEGMENTS))
        .extracting(record -> header(record, "index"))
        .containsExactlyElementsOf(
            IntStream.range(0, SEGMENTS).mapToObj(Integer::toString).toList());
    long shed =
        sent.stream().filter(record -> record.headers().lastHeader("unscored") != null).count();
    assertThat(unscored).hasSize((int) shed).containsOnly("yard shed");
    // Half of them, but for what the ring and the backlog hold.
    assertThat(shed).isBetween(SEGMENTS / 2 - BACKLOG - 4L, SEGMENTS / 2L);

    List<JsonNode> closed = closed();
    assertThat(closed).as("one sound, one event").hasSize(1);
    assertThat(closed.get(0).get("duration_ms").asLong()).isEqualTo(SEGMENTS * 960L);
    double heard = (SEGMENTS - shed) / (double) SEGMENTS;
    assertThat(closed.get(0).get("coverage").asDouble()).isEqualTo(Math.round(heard * 1e4) / 1e4);
    assertThat(closed.get(0).get("mean_confidence").asDouble()).isEqualTo(0.75);
  }

  /** What has no place in the ring yet would not be scored by a loop that is stopped. */
  private static void moveUp(RingWriter writer, InferenceLoop loop) {
    while (!writer.isEmpty()) {
      writer.moveUp(System.nanoTime(), () -> loop.failure() != null);
    }
  }

  private InferenceLoop loop(PatchRing ring) {
    ConsumerGroupMetadata group = new MockConsumer<>("earliest").groupMetadata();
    PipelineMetrics metrics =
        new PipelineMetrics() {
          @Override
          public void unscored(String stream, String reason) {
            unscored.add(stream + " " + reason);
          }
        };
    InferenceSettings settings =
        new InferenceSettings(Map.of(), true, "id", "net@2", 0.001, 1, 1, 0, 60_000, 2, BACKLOG);
    return new InferenceLoop(settings, ring, this::score, new Publisher(), () -> group, metrics);
  }

  private void score(FloatBuffer patches, int count, FloatBuffer scores) throws Exception {
    permits.acquire();
    scores.put(0, 0.75f);
    answers.release();
  }

  private static ConsumerRecord<byte[], ByteBuffer> patch(int index) {
    ConsumerRecord<byte[], ByteBuffer> like = Patches.patch(0, index, index);
    Map.of(
            "session", "s",
            "index", Integer.toString(index),
            "start", Long.toString(index * 960_000L),
            "coverage", "1",
            "rms_dbfs", "-20")
        .forEach((name, value) -> like.headers().add(name, value.getBytes(US_ASCII)));
    return named(like);
  }

  private static ConsumerRecord<byte[], ByteBuffer> named(ConsumerRecord<byte[], ByteBuffer> like) {
    return new ConsumerRecord<>(
        like.topic(),
        like.partition(),
        like.offset(),
        like.timestamp(),
        like.timestampType(),
        4,
        like.serializedValueSize(),
        "yard".getBytes(US_ASCII),
        like.value(),
        like.headers(),
        like.leaderEpoch());
  }

  @SafeVarargs
  private static ConsumerRecords<byte[], ByteBuffer> records(
      ConsumerRecord<byte[], ByteBuffer>... all) {
    List<ConsumerRecord<byte[], ByteBuffer>> list = new ArrayList<>();
    for (ConsumerRecord<byte[], ByteBuffer> each : all) {
      each.headers().add("session", "s".getBytes(US_ASCII));
      list.add(named(each));
    }
    return new ConsumerRecords<>(Map.of(Patches.partition(0), list), Map.of());
  }

  private List<JsonNode> closed() throws Exception {
    Topology topology = new Topology();
    EventRules rules =
        new EventRules(new Event.Model("net", "2"), List.of(new EventRules.Rule("rain", 0.5f)));
    EventTopology.addTo(
        topology, rules, Duration.ofMinutes(1), PromptCommits.NONE, PipelineMetrics.NONE);
    List<JsonNode> closed = new ArrayList<>();
    try (TopologyTestDriver driver = new TopologyTestDriver(topology)) {
      var bytes = new ByteArraySerializer();
      var in = driver.createInputTopic(Topics.SCORES, bytes, bytes);
      sent.forEach(
          record -> in.pipeInput(new TestRecord<>(record.key(), record.value(), record.headers())));
      var back = new ByteArrayDeserializer();
      for (byte[] value : driver.createOutputTopic(Topics.EVENTS, back, back).readValuesToList()) {
        JsonNode event = new ObjectMapper().readTree(value);
        if (event.get("state").asText().equals("closed")) {
          closed.add(event);
        }
      }
    }
    return closed;
  }

  private static String header(ProducerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), US_ASCII);
  }

  private final class Publisher implements ScorePublisher {
    @Override
    public void begin() {}

    @Override
    public void send(ProducerRecord<byte[], byte[]> scores) {
      sent.add(scores);
    }

    @Override
    public void commit(
        Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {}

    @Override
    public void close() {}
  }
}
