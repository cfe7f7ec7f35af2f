package io.earshot.detector.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real Mosquitto on a free port of the loopback address, and its own subscriber. */
public final class Mosquitto implements AutoCloseable {
  private final Path folder;
  private final int port;
  private final List<Subscriber> subscribers = new ArrayList<>();
  private Process broker;

  private Mosquitto(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts one that lets everybody in. Skips the test if Mosquitto is not installed; in CI that is
   * a failure.
   */
  public static Mosquitto start(Path folder) throws Exception {
    return start(folder, "allow_anonymous true");
  }

  static Mosquitto start(Path folder, String... settings) throws Exception {
    require("mosquitto", "mosquitto_sub", "mosquitto_passwd");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> lines = new ArrayList<>(List.of("listener " + port + " 127.0.0.1", "user root"));
    lines.addAll(List.of(settings));
    Files.write(folder.resolve("mosquitto.conf"), lines);
    Mosquitto mosquitto = new Mosquitto(folder, port);
    mosquitto.begin();
    return mosquitto;
  }

  private static Path program(String name) {
    String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
    return Arrays.stream(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  private static void require(String... programs) {
    for (String name : programs) {
      boolean there = program(name) != null;
      if ("true".equals(System.getenv("CI"))) {
        assertThat(there).as(name + " must be installed in CI").isTrue();
      }
      assumeTrue(there, name + " is not installed (Debian packages mosquitto, mosquitto-clients)");
    }
  }

  /** Starts it again, on the same port, after {@link #end}; what was retained is gone. */
  public void begin() throws Exception {
    broker =
        new ProcessBuilder(
                program("mosquitto").toString(), "-c", folder.resolve("mosquitto.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    Awaitility.await().ignoreExceptions().until(this::answers);
  }

  private boolean answers() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  public void end() throws Exception {
    broker.destroy();
    assertThat(broker.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  public int port() {
    return port;
  }

  URI url() {
    return URI.create("mqtt://127.0.0.1:" + port);
  }

  /** Makes a file of passwords with one user in it. */
  static Path passwords(Path folder, String user, String password) throws Exception {
    require("mosquitto_passwd");
    Path file = folder.resolve("passwords");
    Process process =
        new ProcessBuilder(
                program("mosquitto_passwd").toString(), "-b", "-c", file.toString(), user, password)
            .start();
    assertThat(process.waitFor()).isZero();
    return file;
  }

  /**
   * Subscribes to all topics.
   *
   * @return when the subscription stands
   */
  public Subscriber subscribe(String... options) throws Exception {
    Subscriber subscriber = new Subscriber(port, List.of(options));
    subscribers.add(subscriber);
    return subscriber;
  }

  @Override
  public void close() {
    subscribers.forEach(Subscriber::close);
    broker.destroyForcibly();
  }

  /** {@code mosquitto_sub}: what it gets, as {@code <retained> <topic> <payload>}. */
  public static final class Subscriber {
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();

    private Subscriber(int port, List<String> options) throws Exception {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "stdbuf",
                  "-oL",
                  "mosquitto_sub",
                  "-p",
                  Integer.toString(port),
                  "-q",
                  "1",
                  "-t",
                  "#",
                  "-d"));
      command.addAll(List.of("-F", "%r %t %p", "-V", "5"));
      command.addAll(options);
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
      Thread reader = new Thread(this::read);
      reader.setDaemon(true);
      reader.start();
      Awaitility.await()
          .until(() -> notes.stream().anyMatch(note -> note.startsWith("Subscribed")));
    }

    private void read() {
      try (Stream<String> read = process.inputReader(UTF_8).lines()) {
        // With -d it also tells what it does.
        read.forEach(line -> (line.matches("[01] .*") ? lines : notes).add(line));
      } catch (java.io.UncheckedIOException e) {
        notes.add("closed");
      }
    }

    public List<String> lines() {
      return lines;
    }

    /** Waits for a line. */
    public String await(Predicate<String> wanted) {
      Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> lines.stream().anyMatch(wanted));
      return lines.stream().filter(wanted).findFirst().orElseThrow();
    }

    public void close() {
      process.destroyForcibly();
    }
  }
}
