package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.publish.FramePublisher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Half an hour of sound, of which a detector remembers a second: who takes over reads little. */
@Timeout(180)
class ChangelogIT {
  private static final int SECONDS = 1_800;
  private static final int BYTES_A_SECOND = 32_000;
  private static final Predicate<String> CHANGELOG = topic -> topic.endsWith("-changelog");

  @TempDir Path folder;

  @Test
  void whatIsForgottenLeavesTheChangelogs() throws Exception {
    Config config = ConfigFile.read(null, Map.of("model.name", Shared.base().toString()));
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      Map<String, Object> kafka = KafkaSettings.clients(config, broker.bootstrapServers());
      TopicSetup.run(config, kafka);
      ModelPackage model = ModelPackage.load(Shared.base());
      try (Admin admin = Admin.create(kafka);
          Detector detector = Detector.start(config, model, kafka, PipelineMetrics.NONE)) {
        compactOften(admin);
        send(kafka);
        awaitEnd(kafka);
        assertThat(bytes(admin, Topics.FRAMES::equals)).isGreaterThan(SECONDS * BYTES_A_SECOND);
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> bytes(admin, CHANGELOG), it -> it < 2 * SECONDS * BYTES_A_SECOND / 3);
        assertThat(detector.failed()).isNotDone();
      }
    }
  }

  /** Instead of every 15 s. */
  private static void compactOften(Admin admin) throws Exception {
    ConfigResource brokers = new ConfigResource(ConfigResource.Type.BROKER, "");
    ConfigEntry pause = new ConfigEntry("log.cleaner.backoff.ms", "200");
    admin
        .incrementalAlterConfigs(
            Map.of(brokers, List.of(new AlterConfigOp(pause, AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }

  private static void send(Map<String, Object> kafka) throws Exception {
    long start = System.currentTimeMillis() - SECONDS * 1_000L;
    byte[] second = new byte[BYTES_A_SECOND];
    try (FramePublisher publisher = new FramePublisher(kafka, Topics.FRAMES)) {
      for (int i = 0; i < SECONDS; i++) {
        long captured = start + i * 1_000L;
        boolean last = i == SECONDS - 1;
        publisher.publish(new Frame("yard", "s", i, captured, Encoding.S16LE, second, last));
      }
    }
  }

  private static void awaitEnd(Map<String, Object> kafka) {
    try (Consumer<byte[], byte[]> consumer = JsonReader.consumer(kafka)) {
      var partitions = JsonReader.partitions(consumer, Topics.SCORES);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      boolean ended = false;
      while (!ended) {
        ended =
            StreamSupport.stream(consumer.poll(Duration.ofMillis(200)).spliterator(), false)
                .anyMatch(record -> record.headers().lastHeader("end") != null);
      }
    }
  }

  private static long bytes(Admin admin, Predicate<String> topics) throws Exception {
    return admin.describeLogDirs(List.of(1)).allDescriptions().get().get(1).values().stream()
        .flatMap(directory -> directory.replicaInfos().entrySet().stream())
        .filter(replica -> topics.test(replica.getKey().topic()))
        .mapToLong(replica -> replica.getValue().size())
        .sum();
  }
}
