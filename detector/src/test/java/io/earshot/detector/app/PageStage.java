package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.app.Sessions;
import io.earshot.producer.app.StreamPump;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.publish.FramePublisher;
import io.earshot.producer.source.AudioSource;
import io.earshot.producer.source.FileSource;
import io.earshot.producer.stream.Pace;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A broker, a detector with the model that comes along, and its web server; sound is played to
 * them.
 */
final class PageStage {
  private static final int FRAME_MILLIS = 100;

  private final Map<String, String> settings = new HashMap<>();
  private final EmbeddedBroker broker;
  private final Map<String, Object> kafka;
  private final FramePublisher publisher;
  private final ExecutorService players = Executors.newCachedThreadPool();
  private Detector detector;
  private Web web;

  PageStage(Path folder) throws Exception {
    settings.put("model.name", Shared.base().toString());
    settings.put("web.port", Integer.toString(freePort()));
    broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    Config config = config();
    kafka = KafkaSettings.clients(config, broker.bootstrapServers());
    TopicSetup.run(config, kafka);
    publisher = new FramePublisher(kafka, Topics.FRAMES);
    start();
  }

  /** The detector and its web server; {@link #stop} was before it. */
  void start() throws Exception {
    detector = Detector.start(config(), model(), kafka, PipelineMetrics.NONE);
    web = Web.start(config(), model(), kafka);
  }

  void stop() throws Exception {
    web.close();
    detector.close();
  }

  String address() {
    return web.address();
  }

  /** Another server of the same detector, which asks for a token. */
  Web guarded(String token) throws Exception {
    Map<String, String> guarded = new HashMap<>(settings);
    guarded.put("web.port", Integer.toString(freePort()));
    guarded.put("web.token", token);
    return Web.start(ConfigFile.read(null, guarded), model(), kafka);
  }

  /** Publishes records as anybody can who may write to Kafka, in this order. */
  void publish(String topic, List<String> records) throws Exception {
    byte[] key = {1};
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      for (String record : records) {
        sent.add(producer.send(new ProducerRecord<>(topic, key, record.getBytes(UTF_8))));
      }
      for (Future<?> each : sent) {
        each.get();
      }
    }
  }

  /** Plays a file, as a microphone would that stands before it; any stream once at a time. */
  Future<?> play(String stream, Path file) {
    return playAll(stream, List.of(file));
  }

  /** Plays files one after the other. */
  Future<?> playAll(String stream, List<Path> files) {
    return players.submit(
        () -> {
          for (Path file : files) {
            try (AudioSource source = FileSource.open(file, Instant.now())) {
              String session = Sessions.next();
              new StreamPump(stream, session, source, publisher, Pace.REALTIME, n -> {}).run();
            }
          }
          publisher.flush();
          return null;
        });
  }

  /**
   * Plays noise, now louder, now softer, to many streams at once, named {@code mic-0} and so on,
   * until interrupted.
   */
  Future<?> playToMany(int streams) {
    return players.submit(
        () -> {
          Random random = new Random(1);
          String session = Sessions.next();
          long begin = System.currentTimeMillis();
          for (int seq = 0; !Thread.interrupted(); seq++) {
            long millis = begin + (long) seq * FRAME_MILLIS;
            Thread.sleep(Math.max(0, millis + FRAME_MILLIS - System.currentTimeMillis()));
            for (int stream = 0; stream < streams; stream++) {
              byte[] pcm = new byte[2 * Frame.RATE / 10];
              random.nextBytes(pcm);
              for (int i = 1; i < pcm.length; i += 2) {
                pcm[i] = (byte) (pcm[i] >> (1 + (stream + seq / 7) % 6));
              }
              publisher.publish(
                  new Frame("mic-" + stream, session, seq, millis, Encoding.S16LE, pcm, false));
            }
          }
          return null;
        });
  }

  void close() throws Exception {
    players.shutdownNow();
    players.awaitTermination(10, TimeUnit.SECONDS);
    stop();
    publisher.close();
    broker.close();
  }

  private Config config() throws UserException {
    return ConfigFile.read(null, settings);
  }

  private ModelPackage model() throws Exception {
    return ModelPackage.load(Shared.base());
  }

  private static int freePort() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
