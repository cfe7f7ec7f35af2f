package io.earshot.detector.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A whole Kafka broker in this process, on the loopback address unless told otherwise.
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
  private final CompletableFuture<BrokerException> halted;
  private boolean closed;

  private EmbeddedBroker(
      KafkaRaftServer server,
      FileChannel lock,
      String bootstrapServers,
      CompletableFuture<BrokerException> halted) {
    this.server = server;
    this.lock = lock;
    this.bootstrapServers = bootstrapServers;
    this.halted = halted;
  }

  /** Starts a broker on the loopback address. */
  public static EmbeddedBroker start(Path directory, int port) throws BrokerException {
    return start(directory, LOOPBACK, port);
  }

  /**
   * Starts a broker; returns when it takes connections, after 2 to 3 s, or a little later if the
   * last one on the directory was killed.
   *
   * @param directory where it keeps its records; made if missing
   * @param listen an IP address of this machine, which clients are then told to come to; 0.0.0.0 or
   *     :: for all of them, and clients are told the machine's name
   * @param port of that address; 0 takes a free one
   * @throws BrokerException if the port is taken, the address is none of this machine's, or the
   *     directory cannot be used
   */
  public static EmbeddedBroker start(Path directory, String listen, int port)
      throws BrokerException {
    return start(directory, listen, port, Map.of());
  }

  /**
   * @param more settings of the broker; what they list is added to the lists here
   */
  static EmbeddedBroker start(Path directory, String listen, int port, Map<String, String> more)
      throws BrokerException {
    FileChannel lock = null;
    try {
      Files.createDirectories(directory);
      lock = lock(directory);
      BrokerListeners listeners = BrokerListeners.claim(listen, port);
      format(directory);
      Properties settings = settings(directory);
      settings.putAll(listeners.settings(NODE));
      more.forEach((key, value) -> settings.merge(key, value, (here, there) -> here + "," + there));
      CompletableFuture<BrokerException> halted = BrokerHalt.watch(directory);
      if (KilledBroker.wasHere(directory)) {
        KilledBroker.unregister(settings, listeners.controller(), NODE, halted);
      }
      KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
      start(server, halted);
      return new EmbeddedBroker(server, lock, bootstrapServers(listen, listeners.port()), halted);
    } catch (Exception e) {
      release(lock);
      throw new BrokerException("the embedded broker did not start: " + e.getMessage(), e);
    }
  }

  /** On a thread of its own, which a halt would stop for ever. */
  static void start(KafkaRaftServer server, CompletableFuture<BrokerException> halted)
      throws Exception {
    CompletableFuture<Exception> started = new CompletableFuture<>();
    Thread starter =
        new Thread(
            () -> {
              try {
                server.startup();
                started.complete(null);
              } catch (Exception e) {
                started.complete(e);
              }
            },
            "earshot-broker-start");
    starter.setDaemon(true);
    starter.start();
    Exception failure = (Exception) CompletableFuture.anyOf(started, halted).get();
    if (failure != null) {
      throw failure;
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

  /** How clients on this machine reach a broker that listens there. */
  public static String bootstrapServers(String listen, int port) {
    return BrokerListeners.local(listen) + ":" + port;
  }

  /** Completes, with the reason, if the broker cannot go on, as when its disk is full. */
  public CompletableFuture<BrokerException> halted() {
    return halted;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      if (!halted.isDone()) {
        server.shutdown();
        server.awaitShutdown();
      }
      release(lock);
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
        .setControllerListenerName(BrokerListeners.CONTROLLER)
        .setMetadataLogDirectory(directory.toString())
        .addDirectory(directory.toString())
        .run();
  }

  private static Properties settings(Path directory) {
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
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
