package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.broker.SecureBroker;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka with TLS and passwords, reached by settings out of the environment. */
class SecureKafkaIT {
  @TempDir Path folder;

  @Test
  void theRolesWorkOverTlsWithAPasswordAndSayNoSecret() throws Exception {
    try (SecureBroker broker = SecureBroker.start(folder)) {
      refuseWrongPassword(broker);
      endLiveSoundOfAWrongPassword(broker);
      refuseUnknownCertificate(broker);
      Map<String, String> environment = broker.environment(SecureBroker.PASSWORD);
      try (EarshotProcess producer =
          EarshotProcess.start(
              environment,
              "producer",
              "--pace",
              "fast",
              Shared.path("golden/dog.wav").toString())) {
        assertThat(producer.waitFor(60)).as("%s", producer).isZero();
        assertNoSecret(producer);
      }
      try (EarshotProcess detector = EarshotProcess.start(environment, "detector");
          EarshotProcess events = EarshotProcess.start(environment, "events", "--from-beginning")) {
        events.awaitOut(line -> line.contains("closed") && line.contains("Dog"), 60);
        assertThat(detector.err()).as("Kafka speaks at INFO").anyMatch(it -> it.contains("INFO"));
        assertNoSecret(detector);
        assertNoSecret(events);
      }
    }
  }

  private static void refuseWrongPassword(SecureBroker broker) throws Exception {
    Map<String, String> environment = new HashMap<>(broker.environment("hunter2"));
    environment.remove("EARSHOT_LOG");
    try (EarshotProcess events = EarshotProcess.start(environment, "events")) {
      assertThat(events.waitFor(30)).as("%s", events).isEqualTo(1);
      assertThat(events.out()).isEmpty();
      assertThat(events.err())
          .containsExactly(
              "earshot: Kafka at %s: Authentication failed: Invalid username or password"
                  .formatted(broker.servers()));
    }
  }

  /** Its sound waits on disk for a start with the right one. */
  private void endLiveSoundOfAWrongPassword(SecureBroker broker) throws Exception {
    Map<String, String> environment = new HashMap<>(broker.environment("hunter2"));
    environment.remove("EARSHOT_LOG");
    String spool = "spool.directory=" + folder.resolve("spool");
    try (EarshotProcess producer =
        EarshotProcess.start(environment, "producer", "--stream", "yard", "--set", spool, "-")) {
      producer.process().getOutputStream().write(new byte[32_000]);
      producer.process().getOutputStream().flush();
      assertThat(producer.waitFor(30)).as("%s", producer).isEqualTo(1);
      assertThat(producer.err())
          .contains(
              "earshot: Kafka at %s: Authentication failed: Invalid username or password"
                  .formatted(broker.servers()));
      assertNoSecret(producer);
    }
  }

  private static void refuseUnknownCertificate(SecureBroker broker) throws Exception {
    Map<String, String> environment = new HashMap<>(broker.environment(SecureBroker.PASSWORD));
    environment.remove("EARSHOT_LOG");
    environment.keySet().removeIf(name -> name.contains("TRUSTSTORE"));
    try (EarshotProcess events = EarshotProcess.start(environment, "events")) {
      assertThat(events.waitFor(30)).as("%s", events).isEqualTo(1);
      assertThat(events.err())
          .singleElement()
          .asString()
          .startsWith("earshot: Kafka at " + broker.servers() + ": SSL handshake failed")
          .contains("unable to find valid certification path");
    }
  }

  private static void assertNoSecret(EarshotProcess process) {
    assertThat(process.out() + "\n" + process.err())
        .doesNotContain(SecureBroker.PASSWORD)
        .doesNotContain(SecureBroker.STORE_PASSWORD);
  }
}
