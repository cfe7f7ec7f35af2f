package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.detector.broker.BrokerException;
import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
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
            "broker", "--port", Integer.toString(freePort()), "--directory", folder.toString())) {
      broker.awaitErr(line -> line.startsWith("Kafka at 127.0.0.1:"), 60);
      assertThat(ListeningSockets.of(broker.process().pid()))
          .hasSize(2)
          .allMatch(ListeningSockets::isLoopback);
    }
  }

  /** It hears five seconds, and its input stays open. */
  @Test
  void detectListensOnTheLoopbackAddressAlone() throws Exception {
    try (EarshotProcess detect = EarshotProcess.start(Shared.home(), List.of("detect", "-"))) {
      detect.process().getOutputStream().write(new byte[160_000]);
      detect.process().getOutputStream().flush();
      List<String> addresses = List.of();
      for (int i = 0; i < 600 && addresses.size() < 2; i++) {
        Thread.sleep(100);
        assertThat(detect.process().isAlive()).as("%s", detect).isTrue();
        addresses = ListeningSockets.of(detect.process().pid());
      }
      assertThat(addresses).as("%s", detect).hasSize(2).allMatch(ListeningSockets::isLoopback);
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
