package io.earshot.detector.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.utils.Time;

/**
 * A broker that was killed stands in its own metadata as alive, until its session is over. One that
 * is started meanwhile on the same directory takes itself for the leader, and loses that again when
 * the session ends; transactions that it ends in between can stay open for ever in some partitions
 * and hide all that follows them from readers of committed records (seen with Kafka 4.3.1). So the
 * dead one is struck off first, by a controller that runs without a broker.
 */
final class KilledBroker {
  private static final String CLEAN = ".kafka_cleanshutdown";
  private static final String METADATA = "__cluster_metadata-0";
  private static final long TIMEOUT_SECONDS = 30;

  private KilledBroker() {}

  /** Whether the last broker on this directory did not end as it should. */
  static boolean wasHere(Path directory) {
    return Files.exists(directory.resolve(METADATA)) && Files.notExists(directory.resolve(CLEAN));
  }

  /**
   * Strikes it off.
   *
   * @param settings of the broker that is to follow
   * @param controller host and port
   * @param halted completes if Kafka cannot go on
   */
  static void unregister(
      Properties settings, String controller, int node, CompletableFuture<BrokerException> halted)
      throws Exception {
    Properties alone = new Properties();
    alone.putAll(settings);
    alone.put("process.roles", "controller");
    alone.put("listeners", "CONTROLLER://" + controller);
    alone.remove("advertised.listeners");
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(alone), Time.SYSTEM);
    EmbeddedBroker.start(server, halted);
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
      while (!isUnregistered(controller, node)) {
        if (halted.isDone()) {
          throw halted.join();
        }
        if (System.nanoTime() > deadline) {
          throw new TimeoutException("its controller does not answer");
        }
        Thread.sleep(100);
      }
    } finally {
      // One that has halted would never end.
      if (!halted.isDone()) {
        server.shutdown();
        server.awaitShutdown();
      }
    }
  }

  /** Asks for it; false if the controller has yet to read what version of metadata it speaks. */
  private static boolean isUnregistered(String controller, int node) throws Exception {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG, controller))) {
      admin.unregisterBroker(node).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnsupportedVersionException) {
        return false;
      }
      // It may have died before it was registered.
      if (e.getCause() instanceof BrokerIdNotRegisteredException) {
        return true;
      }
      throw e;
    }
  }
}
