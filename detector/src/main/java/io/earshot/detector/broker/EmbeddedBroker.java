package io.earshot.detector.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A whole Kafka broker in this process, on the loopback address.
 *
 * <pre>{@code
 * try (EmbeddedBroker broker = EmbeddedBroker.start(Path.of("data/broker"), 9092)) {
 *   connect(broker.bootstrapServers());
 * }
 * }</pre>
 *
 * <p>One node is broker and controller (KRaft). What was written is there again when it is started
 * anew on the same directory.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int NODE = 1;

  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private boolean closed;

  private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker; returns when it takes connections, after 2 to 3 s.
   *
   * @param directory where it keeps its records; made if missing
   * @param port on the loopback address; 0 takes a free one
   * @throws BrokerException if the port is taken or the directory cannot be used
   */
  public static EmbeddedBroker start(Path directory, int port) throws BrokerException {
    try {
      Files.createDirectories(directory);
      int brokerPort = claimPort(port);
      int controllerPort = claimPort(0);
      format(directory);
      KafkaRaftServer server =
          new KafkaRaftServer(
              new KafkaConfig(settings(directory, brokerPort, controllerPort)), Time.SYSTEM);
      server.startup();
      return new EmbeddedBroker(server, LOOPBACK + ":" + brokerPort);
    } catch (Exception e) {
      throw new BrokerException("the embedded broker did not start: " + e.getMessage(), e);
    }
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      server.shutdown();
      server.awaitShutdown();
    }
  }

  private static int claimPort(int wanted) throws IOException {
    try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IOException("port " + wanted + " on " + LOOPBACK + ": " + e.getMessage(), e);
    }
  }

  private static void format(Path directory) throws Exception {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    new Formatter()
        .setPrintStream(new PrintStream(new ByteArrayOutputStream(), false, "UTF-8"))
        .setNodeId(NODE)
        .setClusterId(Uuid.randomUuid().toString())
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(directory.toString())
        .addDirectory(directory.toString())
        .run();
  }

  private static Properties settings(Path directory, int brokerPort, int controllerPort) {
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
    settings.put("controller.quorum.voters", NODE + "@" + LOOPBACK + ":" + controllerPort);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put(
        "listeners",
        "PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d"
            .formatted(LOOPBACK, brokerPort, controllerPort));
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("log.dirs", directory.toString());
    // One small node: no replica, few threads, few partitions of its own topics.
    settings.put("num.network.threads", "1");
    settings.put("num.io.threads", "2");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("auto.create.topics.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("message.max.bytes", "2097152");
    return settings;
  }
}
