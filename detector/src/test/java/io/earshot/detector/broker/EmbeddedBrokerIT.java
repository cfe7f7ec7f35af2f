package io.earshot.detector.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class EmbeddedBrokerIT {
  @TempDir Path folder;

  @Test
  void aSecondBrokerOnTheSameFolderIsRefusedAndTheFirstGoesOn() throws Exception {
    try (EmbeddedBroker first = EmbeddedBroker.start(folder, 0)) {
      assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining(folder + " is in use by another broker");
      assertThat(sendOne(first.bootstrapServers())).isZero();
    }
  }

  /** Files as they were while a broker ran are what a killed one leaves behind. */
  @Test
  void aKilledBrokerIsNotTakenForOneThatRuns() throws Exception {
    Path live = folder.resolve("live");
    Path left = folder.resolve("left");
    try (EmbeddedBroker broker = EmbeddedBroker.start(live, 0)) {
      sendOne(broker.bootstrapServers());
      copy(live.toFile(), left.toFile());
    }
    Logger log = (Logger) LoggerFactory.getLogger("org.apache.kafka.server.BrokerLifecycleManager");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    log.setLevel(Level.INFO);
    lines.start();
    log.addAppender(lines);
    try (EmbeddedBroker broker = EmbeddedBroker.start(left, 0)) {
      assertThat(sendOne(broker.bootstrapServers())).isEqualTo(1);
      assertThat(lines.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .anyMatch(line -> line.contains("Successfully registered broker"))
          .noneMatch(line -> line.contains("DUPLICATE_BROKER_REGISTRATION"));
    } finally {
      log.detachAppender(lines);
      log.setLevel(null);
    }
  }

  /** Of three records of one stream, hours apart, in what would be one file for a week. */
  @Test
  void whatIsOlderThanTheRetentionGoesThoughTheStreamGoesOn() throws Exception {
    Map<String, String> impatient =
        Map.of("log.retention.check.interval.ms", "200", "log.initial.task.delay.ms", "0");
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, "127.0.0.1", 0, impatient)) {
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      TopicPartition frames = new TopicPartition(Topics.FRAMES, 0);
      try (Admin admin = Admin.create(kafka);
          KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
        Topics.create(admin, 1, Map.of(Topics.FRAMES, Duration.ofHours(6)));
        long now = System.currentTimeMillis();
        for (int hours : new int[] {20, 10, 0}) {
          long time = now - Duration.ofHours(hours).toMillis();
          producer
              .send(new ProducerRecord<>(Topics.FRAMES, 0, time, new byte[1], new byte[1]))
              .get(30, TimeUnit.SECONDS);
        }
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> earliest(admin, frames), offset -> offset == 2);
      }
    }
  }

  private static long earliest(Admin admin, TopicPartition partition) throws Exception {
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.earliest()))
        .partitionResult(partition)
        .get(30, TimeUnit.SECONDS)
        .offset();
  }

  /** Its offset. */
  private static long sendOne(String bootstrapServers) throws Exception {
    Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
    try (Admin admin = Admin.create(kafka);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
      Topics.create(admin, 1, Map.of());
      var sent =
          producer.send(new ProducerRecord<>(Topics.FRAMES, 0, 1L, new byte[1], new byte[1]));
      return sent.get(30, TimeUnit.SECONDS).offset();
    }
  }

  /** But for files that come and go while a broker runs. */
  private static void copy(File from, File to) throws IOException {
    Files.createDirectories(to.toPath());
    for (File file : from.listFiles()) {
      File copy = new File(to, file.getName());
      if (file.isDirectory()) {
        copy(file, copy);
      } else if (!file.getName().endsWith(".tmp")) {
        Files.copy(file.toPath(), copy.toPath());
      }
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedBroker.start(folder, taken.getLocalPort()))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("port " + taken.getLocalPort());
    }
  }
}
