package io.earshot.detector.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  @TempDir Path folder;

  @Test
  void aSecondBrokerOnTheSameFolderIsRefusedAndTheFirstGoesOn() throws Exception {
    try (EmbeddedBroker first = EmbeddedBroker.start(folder, 0)) {
      assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining(folder + " is in use by another broker");
      Map<String, Object> kafka = Map.of("bootstrap.servers", first.bootstrapServers());
      try (Admin admin = Admin.create(kafka);
          KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
        Topics.create(admin, 1, Map.of());
        var sent =
            producer.send(new ProducerRecord<>(Topics.FRAMES, 0, 1L, new byte[1], new byte[1]));
        assertThat(sent.get(30, TimeUnit.SECONDS).offset()).isZero();
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
