package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.detector.broker.BrokerException;
import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody from outside can reach Earshot unless its user says so. */
class ListeningIT {
  private static final int SECOND = 2 * 16_000;

  /** What the broker in Earshot would not understand, and is not given. */
  private static final Map<String, String> OTHER_KAFKA =
      Map.of("EARSHOT_KAFKA_SECURITY_PROTOCOL", "SASL_SSL");

  @TempDir Path folder;

  private static int freePort() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Test
  void theBrokerListensOnTheLoopbackAddressAlone() throws Exception {
    try (EarshotProcess broker =
        EarshotProcess.start(
            OTHER_KAFKA,
            "broker",
            "--port",
            Integer.toString(freePort()),
            "--directory",
            folder.toString())) {
      broker.awaitErr(line -> line.startsWith("Metrics at http://127.0.0.1:"), 60);
      // Kafka's two, and the metrics'.
      assertThat(ListeningSockets.of(broker.process().pid()))
          .hasSize(3)
          .allMatch(ListeningSockets::isLoopback);
    }
  }

  @Test
  void detectListensOnTheLoopbackAddressAlone() throws Exception {
    try (EarshotProcess detect = EarshotProcess.start(OTHER_KAFKA, "detect", "-")) {
      OutputStream sound = detect.process().getOutputStream();
      List<String> addresses = List.of();
      for (int i = 0; i < 600 && addresses.size() < 2; i++) {
        Thread.sleep(100);
        assertThat(detect.process().isAlive()).as("%s", detect).isTrue();
        addresses = ListeningSockets.of(detect.process().pid());
      }
      assertThat(addresses).as("%s", detect).hasSize(2).allMatch(ListeningSockets::isLoopback);
      sound.write(new byte[SECOND]);
      sound.close();
      assertThat(detect.waitFor(60)).as("%s", detect).isZero();
    }
  }

  @Test
  void onAllAddressesClientsAreToldTheMachinesName() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, "0.0.0.0", 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      assertThat(broker.bootstrapServers()).startsWith("127.0.0.1:");
      Topics.create(admin, 1, Map.of());
      assertThat(admin.describeCluster().nodes().get())
          .extracting(Node::host)
          .containsExactly(InetAddress.getLocalHost().getHostName());
      // All addresses, and the controller at home.
      assertThat(ListeningSockets.of(ProcessHandle.current().pid()))
          .filteredOn(address -> !ListeningSockets.isLoopback(address))
          .hasSize(1);
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNamed() {
    // Set aside for documentation (RFC 5737).
    assertThatThrownBy(() -> EmbeddedBroker.start(folder, "192.0.2.1", 0))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("on 192.0.2.1: ");
  }
}
