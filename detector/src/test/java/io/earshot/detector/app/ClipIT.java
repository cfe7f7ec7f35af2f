package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.clip.TestEvents;
import io.earshot.detector.event.Event;
import io.earshot.detector.event.EventId;
import io.earshot.detector.event.JsonSerde;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.producer.app.Sessions;
import io.earshot.producer.app.StreamPump;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.publish.FramePublisher;
import io.earshot.producer.source.AudioSource;
import io.earshot.producer.source.FileSource;
import io.earshot.producer.stream.Pace;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A dog is heard, and its bark asked for: what comes back is what was played. */
@Timeout(180)
class ClipIT {
  private static final Path DOG = Shared.path("golden/dog.wav");
  private static final int HEADER = 44;

  @TempDir Path folder;
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private EmbeddedBroker broker;
  private Map<String, Object> kafka;
  private Config config;

  @BeforeEach
  void startBroker() throws Exception {
    broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    config =
        ConfigFile.read(
            null,
            Map.of("model.name", Shared.base().toString(), "web.port", Integer.toString(port)));
    kafka = KafkaSettings.clients(config, broker.bootstrapServers());
    TopicSetup.run(config, kafka);
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void theClipOfAnEventIsWhatWasPlayed() throws Exception {
    Event event = hearDog();
    assertThat(event.label()).isEqualTo("dog_bark");
    Path out = folder.resolve("dog.wav");
    Path png = folder.resolve("dog.png");
    CommandRun run =
        clip(event.id(), "-o", out, "--pre", "1s", "--post", "100ms", "--spectrogram", png);
    assertThat(run.status()).as("%s", run).isZero();
    assertPlayed(
        Files.readAllBytes(out), millis(event.onset()) - 1_000, millis(event.offset()) + 100);
    assertThat(ImageIO.read(png.toFile()).getWidth()).isGreaterThan(500);
    assertThat(run.err()).singleElement().asString().startsWith("dog_bark ").contains(" in yard: ");

    CommandRun nowhere = clip(event.id(), "-o", folder.resolve("none/dog.wav"));
    assertThat(nowhere.status()).isEqualTo(1);
    assertThat(nowhere.err())
        .containsExactly(
            "earshot: cannot write %s (No such file or directory)"
                .formatted(folder.resolve("none/dog.wav")));

    byte[] printed = printed(event.id());
    assertPlayed(
        printed,
        Math.max(start.toEpochMilli(), millis(event.onset()) - 2_000),
        Math.min(start.toEpochMilli() + 5_001, millis(event.offset()) + 2_000));
    try (Web web = Web.start(config, ModelOptions.model(config), kafka)) {
      HttpResponse<byte[]> sound = get(web, event.id() + "/audio.wav");
      assertThat(sound.statusCode()).isEqualTo(200);
      assertThat(sound.body()).isEqualTo(printed);
      HttpResponse<byte[]> last = get(web, event.id());
      assertThat(new ObjectMapper().readValue(last.body(), Event.class)).isEqualTo(event);
      assertThat(get(web, event.id() + "/spectrogram.png").body()).startsWith(0x89, 'P', 'N', 'G');
      assertThat(get(web, EventId.of("", "", "", 0, event.model())).statusCode()).isEqualTo(404);
    }

    deleteFrames();
    CommandRun late = clip(event.id(), "-o", folder.resolve("late.wav"));
    assertThat(late.status()).isEqualTo(1);
    assertThat(late.err())
        .singleElement()
        .asString()
        .startsWith("earshot: earshot.frames no longer holds the sound of event " + event.id())
        .contains("kafka.retention.frames");
    assertThat(folder.resolve("late.wav")).doesNotExist();
    try (Web web = Web.start(config, ModelOptions.model(config), kafka)) {
      HttpResponse<byte[]> gone = get(web, event.id() + "/audio.wav");
      assertThat(gone.statusCode()).isEqualTo(410);
      assertThat(new String(gone.body(), US_ASCII)).contains("kafka.retention.frames");
      assertThat(get(web, event.id()).statusCode()).isEqualTo(200);
    }
  }

  /** librdkafka, and so kcat, puts keys by CRC-32; Earshot's own stream is in another partition. */
  @Test
  void framesAreFoundInWhateverPartitionTheirSenderHasPutThem() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int partition = 0; partition < 4; partition++) {
        String stream = "crc" + partition;
        for (int i = 0; i < 100; i++) {
          send(producer, frame(stream, i, partition), partition);
        }
      }
      for (int partition = 0; partition < 4; partition++) {
        Event one = event("crc" + partition, 2_000, 4_000);
        byte[] json = JsonSerde.of(Event.class).serializer().serialize("", one);
        producer
            .send(new ProducerRecord<>(Topics.EVENTS, one.stream().getBytes(US_ASCII), json))
            .get();
      }
    }
    for (int partition = 0; partition < 4; partition++) {
      Path out = folder.resolve(partition + ".wav");
      CommandRun run = clip(event("crc" + partition, 2_000, 4_000).id(), "-o", out);
      assertThat(run.status()).as("%s", run).isZero();
      byte[] wav = Files.readAllBytes(out);
      assertThat(wav).hasSize(HEADER + 2 * 6 * 16_000);
      for (int i = HEADER; i < wav.length; i += 2) {
        assertThat(wav[i]).isEqualTo((byte) partition);
      }
    }
  }

  @Test
  void anUnknownIdIsSaidInALine() throws Exception {
    String id = EventId.of("", "", "", 0, TestEvents.MODEL);
    CommandRun unknown = clip(id, "-o", folder.resolve("none.wav"));
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).containsExactly("earshot: no event " + id + " in earshot.events");
  }

  private Event hearDog() throws Exception {
    try (Detector detector =
            Detector.start(config, ModelOptions.model(config), kafka, PipelineMetrics.NONE);
        JsonReader<Event> reader = JsonReader.open(kafka, Topics.EVENTS, Event.class, true);
        FramePublisher publisher = new FramePublisher(kafka, Topics.FRAMES);
        AudioSource source = FileSource.open(DOG, start)) {
      new StreamPump("yard", Sessions.next(), source, publisher, Pace.FAST, n -> {}).run();
      publisher.flush();
      while (!detector.failed().isDone()) {
        for (Event event : reader.poll(Duration.ofMillis(100))) {
          if (event.state() == Event.State.CLOSED) {
            return event;
          }
        }
      }
      throw new AssertionError(detector.failed().join());
    }
  }

  /** Bit for bit the file's samples of that time. */
  private void assertPlayed(byte[] wav, long fromMillis, long toMillis) throws Exception {
    byte[] file = Files.readAllBytes(DOG);
    int from = HEADER + 32 * (int) (fromMillis - start.toEpochMilli());
    int to = HEADER + 32 * (int) (toMillis - start.toEpochMilli());
    assertThat(Arrays.copyOfRange(wav, HEADER, wav.length))
        .isEqualTo(Arrays.copyOfRange(file, from, to));
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  private CommandRun clip(String id, Object... more) {
    List<String> arguments =
        new ArrayList<>(List.of("clip", id, "--bootstrap-servers", broker.bootstrapServers()));
    Arrays.stream(more).map(Object::toString).forEach(arguments::add);
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private byte[] printed(String id) {
    PrintStream out = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, US_ASCII));
    try {
      assertThat(clip(id, "-o", "-").status()).isZero();
    } finally {
      System.setOut(out);
    }
    return bytes.toByteArray();
  }

  private static HttpResponse<byte[]> get(Web web, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(web.address() + "/api/events/" + path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
  }

  private void deleteFrames() throws Exception {
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    for (int partition = 0; partition < 4; partition++) {
      all.put(new TopicPartition(Topics.FRAMES, partition), RecordsToDelete.beforeOffset(-1));
    }
    try (Admin admin = Admin.create(kafka)) {
      admin.deleteRecords(all).all().get();
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, Frame frame, int partition)
      throws Exception {
    ProducerRecord<byte[], byte[]> record = frame.toRecord(Topics.FRAMES);
    producer
        .send(
            new ProducerRecord<>(
                record.topic(),
                partition,
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers()))
        .get();
  }

  private Frame frame(String stream, int seq, int value) {
    ByteBuffer pcm = ByteBuffer.allocate(3_200).order(ByteOrder.LITTLE_ENDIAN);
    while (pcm.hasRemaining()) {
      pcm.putShort((short) value);
    }
    long millis = start.toEpochMilli() + 100L * seq;
    return new Frame(stream, "s", seq, millis, Encoding.S16LE, pcm.array(), false);
  }

  private Event event(String stream, long onset, long offset) {
    return TestEvents.bark(
        EventId.of(stream, "s." + start.toEpochMilli(), "dog_bark", 2, TestEvents.MODEL),
        stream,
        start.plusMillis(onset),
        start.plusMillis(offset),
        offset - onset);
  }
}
