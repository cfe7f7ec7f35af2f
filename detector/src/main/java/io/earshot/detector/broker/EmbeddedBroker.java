package io.earshot.detector.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
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
  /** In a broker's directory, and locked for as long as the broker runs. */
  public static final String LOCK_FILE = "earshot.lock";

  private static final String LOOPBACK = "127.0.0.1";
  private static final int NODE = 1;

  private final KafkaRaftServer server;
  private final FileChannel lock;
  private final String bootstrapServers;
  private boolean closed;

  private EmbeddedBroker(KafkaRaftServer server, FileChannel lock, String bootstrapServers) {
    this.server = server;
    this.lock = lock;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker; returns when it takes connections, after 2 to 3 s, or a little later if the
   * last one on the directory was killed.
   *
   * @param directory where it keeps its records; made if missing
   * @param port on the loopback address; 0 takes a free one
   * @throws BrokerException if the port is taken or the directory cannot be used
   */
  public static EmbeddedBroker start(Path directory, int port) throws BrokerException {
    FileChannel lock = null;
    try {
      Files.createDirectories(directory);
      lock = lock(directory);
      int[] ports = claimPorts(port, 0);
      format(directory);
      Properties settings = settings(directory, ports[0], ports[1]);
      if (KilledBroker.wasHere(directory)) {
        KilledBroker.unregister(settings, LOOPBACK + ":" + ports[1], NODE);
      }
      KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
      server.startup();
      return new EmbeddedBroker(server, lock, LOOPBACK + ":" + ports[0]);
    } catch (Exception e) {
      release(lock);
      throw new BrokerException("the embedded broker did not start: " + e.getMessage(), e);
    }
  }

  /**
   * Kafka itself locks its directory only after it has written to it: a second broker would destroy
   * the metadata of the first.
   */
  private static FileChannel lock(Path directory) throws IOException {
    FileChannel file =
        FileChannel.open(
            directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (file.tryLock() != null) {
        return file;
      }
    } catch (OverlappingFileLockException e) {
      // Held in this very process: refused like any other.
    }
    file.close();
    throw new IOException(directory + " is in use by another broker");
  }

  private static void release(FileChannel lock) {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      // The lock goes with the process at the latest.
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
      release(lock);
    }
  }

  /** Free ports for the wanted ones that are 0; all different, for all are held at once. */
  private static int[] claimPorts(int... wanted) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int port : wanted) {
        try {
          sockets.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
          throw new IOException("port " + port + " on " + LOOPBACK + ": " + e.getMessage(), e);
        }
      }
      return sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
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
    // A killed detector's transaction holds back readers until this finds that its time is up.
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    settings.put("auto.create.topics.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("message.max.bytes", "2097152");
    return settings;
  }
}
