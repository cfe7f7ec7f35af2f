package io.earshot.detector.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A broker, two detectors and a sender of known sound, each a process that can be killed and
 * started again.
 */
final class KillCluster implements AutoCloseable {
  static final int STREAMS = 6;
  static final int DETECTORS = 2;
  private static final int FRAMES_PER_SECOND = 60;
  private static final int PATIENCE_SECONDS = 90;

  private final Path folder;
  private final String classPath;
  private final int port = freePort();
  private final long seed;
  private final long baseMillis = System.currentTimeMillis();
  private final EarshotProcess[] detectors = new EarshotProcess[DETECTORS];
  private EarshotProcess broker;
  private EarshotProcess sender;

  private KillCluster(Path folder, Config.Delivery delivery, long seed, String mutant)
      throws Exception {
    this.folder = folder;
    this.seed = seed;
    this.classPath = (mutant.isEmpty() ? "" : mutant + ":") + EarshotProcess.classPath();
    Path model = SmallModel.classifier(folder.resolve("packages"));
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        folder.resolve("config/earshot.yaml"),
        """
        kafka:
          delivery: %s
          commit_interval: %s
        model:
          name: %s
        inference:
          threads: 1
        web:
          enabled: false
        """
            .formatted(
                delivery.name().toLowerCase(Locale.ROOT),
                mutant.isEmpty() ? "100ms" : "1s",
                model));
  }

  /**
   * Starts all of it.
   *
   * @param mutant classes that the detectors take instead of the product's; empty for none. They
   *     commit every second, so that a fault in it has time to show
   */
  static KillCluster start(Path folder, Config.Delivery delivery, long seed, String mutant)
      throws Exception {
    KillCluster cluster = new KillCluster(folder, delivery, seed, mutant);
    try {
      cluster.startBroker();
      for (int i = 0; i < DETECTORS; i++) {
        cluster.detectors[i] = cluster.launchDetector();
      }
      cluster.startSender();
      for (int i = 0; i < DETECTORS; i++) {
        cluster.awaitDetector(i);
      }
      return cluster;
    } catch (Exception | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", bootstrapServers());
  }

  KnownSound sound() {
    return new KnownSound(seed, STREAMS, baseMillis);
  }

  /** Capture time of sound that is yet to be sent. */
  long nowSent() throws IOException {
    return baseMillis + (KnownSoundSender.acknowledged(folder) + 20L) * KnownSound.FRAME_MILLIS;
  }

  void startBroker() throws Exception {
    broker =
        launch(
            Earshot.class,
            List.of("broker", "--port", "" + port, "--directory", folder.resolve("broker") + ""));
    broker.awaitErr(line -> line.startsWith("Kafka at "), PATIENCE_SECONDS);
  }

  void killBroker() throws Exception {
    kill(broker);
  }

  void startDetector(int which) throws Exception {
    detectors[which] = launchDetector();
    awaitDetector(which);
  }

  void killDetector(int which) throws Exception {
    kill(detectors[which]);
  }

  /** What an operator does: the detector finishes what it has and leaves. */
  void stopDetector(int which) throws Exception {
    detectors[which].terminate();
    int status = detectors[which].waitFor(PATIENCE_SECONDS);
    if (status != 0) {
      throw new AssertionError("status " + status + ": " + detectors[which]);
    }
  }

  void startSender() {
    sender =
        launch(
            KnownSoundSender.class,
            List.of(
                bootstrapServers(),
                "" + seed,
                "" + STREAMS,
                "" + baseMillis,
                "" + FRAMES_PER_SECOND,
                folder.toString()));
  }

  void killSender() throws Exception {
    kill(sender);
  }

  /** Ends the sound; the number of segments that each stream has. */
  int endSound() throws Exception {
    Files.createFile(folder.resolve("stop"));
    String line = sender.awaitOut(text -> text.startsWith("segments "), PATIENCE_SECONDS);
    return Integer.parseInt(line.substring("segments ".length()));
  }

  /** Complains if a process has ended that nobody has killed. */
  void checkAlive() {
    List<EarshotProcess> all = new ArrayList<>(List.of(detectors));
    all.add(broker);
    for (EarshotProcess process : all) {
      if (!process.process().isAlive()) {
        throw new AssertionError("ended by itself: " + process);
      }
    }
  }

  /** What the processes that run now have complained of. */
  List<String> complaints() {
    List<String> lines = new ArrayList<>(broker.err());
    List.of(detectors).forEach(detector -> lines.addAll(detector.err()));
    return lines;
  }

  @Override
  public void close() {
    for (EarshotProcess detector : detectors) {
      closeIfThere(detector);
    }
    closeIfThere(sender);
    closeIfThere(broker);
  }

  private static void closeIfThere(EarshotProcess process) {
    if (process != null) {
      process.close();
    }
  }

  private static void kill(EarshotProcess process) throws InterruptedException {
    if (!process.process().isAlive()) {
      throw new AssertionError("ended before it was killed: " + process);
    }
    process.process().destroyForcibly().waitFor();
  }

  private EarshotProcess launchDetector() {
    return launch(Earshot.class, List.of("detector", "--bootstrap-servers", bootstrapServers()));
  }

  private void awaitDetector(int which) throws InterruptedException {
    detectors[which].awaitErr(line -> line.startsWith("Detecting"), PATIENCE_SECONDS);
  }

  private EarshotProcess launch(Class<?> main, List<String> arguments) {
    return EarshotProcess.start(folder, classPath, main, arguments);
  }

  private String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
