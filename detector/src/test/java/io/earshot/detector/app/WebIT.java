package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.broker.EmbeddedBroker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web server as part of the process that users start. */
class WebIT {
  @TempDir Path folder;

  @Test
  void theDetectorTellsWhereItsEventsAreAndListensThereAlone() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        EarshotProcess detector = detector(broker, "{port: " + port + "}")) {
      detector.awaitErr(line -> line.equals("Watch at http://127.0.0.1:%d".formatted(port)), 60);
      assertThat(ListeningSockets.of(detector.process().pid()))
          .singleElement()
          .matches(ListeningSockets::isLoopback);
      detector.interrupt();
      assertThat(detector.waitFor(40)).as("%s", detector).isZero();
      // What it runs on, with what, and where: nothing of Jetty's or Kafka's.
      assertThat(detector.err()).hasSize(3);
    }
  }

  @Test
  void aPortThatIsTakenAndAMissingTokenAreSaidInALine() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        EarshotProcess second = detector(broker, "{port: " + taken.getLocalPort() + "}");
        EarshotProcess open = detector(broker, "{listen: 0.0.0.0}")) {
      assertThat(second.waitFor(60)).as("%s", second).isEqualTo(1);
      assertThat(second.err())
          .containsExactly(
              "earshot: web.port %d on 127.0.0.1: Address already in use; name another one, or set web.enabled to false"
                  .formatted(taken.getLocalPort()));
      assertThat(open.waitFor(60)).as("%s", open).isEqualTo(2);
      assertThat(open.err())
          .singleElement()
          .asString()
          .startsWith("earshot: web.token, or EARSHOT_WEB_");
    }
  }

  private EarshotProcess detector(EmbeddedBroker broker, String web) throws Exception {
    Path file = Files.createTempFile(folder, "web", ".yaml");
    Files.writeString(
        file,
        "model: {name: '%s'}%nweb: %s%nmetrics: {enabled: false}%n".formatted(Shared.base(), web));
    return EarshotProcess.start(
        "detector", "--config", file.toString(), "--bootstrap-servers", broker.bootstrapServers());
  }
}
