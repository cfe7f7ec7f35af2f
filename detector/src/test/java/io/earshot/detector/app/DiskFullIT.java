package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.earshot.detector.broker.Topics;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that fill up, made of memory; skipped where nobody may mount them. */
class DiskFullIT {
  private static final int SECONDS = 480;

  @TempDir Path disk;

  private void mount(String size) throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", disk.toString()), "mount");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "-l", disk.toString());
  }

  @Test
  void aFullDiskEndsTheBrokerAndWithSpaceAllGoesOnAndNothingIsLost() throws Exception {
    // Half of what the producer has.
    mount("8m");
    String port = freePort();
    String kafka = "127.0.0.1:" + port;
    try (EarshotProcess full = broker(port);
        EarshotProcess detector = EarshotProcess.start("detector", "--bootstrap-servers", kafka)) {
      detector.awaitErr(line -> line.startsWith("Detecting"), 60);
      try (EarshotProcess producer = producer(kafka)) {
        assertThat(full.waitFor(90)).as("%s", full).isEqualTo(1);
        assertThat(full.err())
            .as("%s", full)
            .endsWith("earshot: the broker has stopped: no space left in " + disk + "/b")
            .noneMatch(line -> line.startsWith("\tat "));
        producer.awaitErr(
            line -> line.equals("Kafka at " + kafka + " is gone; waiting for it."), 30);
        detector.awaitErr(
            line -> line.equals("Kafka at " + kafka + " is gone; waiting for it."), 30);

        try (EarshotProcess still = EarshotProcess.start(brokerArguments(port))) {
          assertThat(still.waitFor(60)).as("%s", still).isEqualTo(1);
          assertThat(still.err())
              .as("%s", still)
              .noneMatch(line -> line.startsWith("\tat "))
              .last()
              .asString()
              .contains("earshot: ", disk + "/b");
        }

        assertThat(run("mount", "-o", "remount,size=300m", disk.toString())).isTrue();
        try (EarshotProcess again = broker(port)) {
          assertThat(producer.waitFor(90)).as("%s", producer).isZero();
          detector.awaitErr(line -> line.equals("Kafka at " + kafka + " answers again."), 30);
          long segments = (SECONDS * 16_000L - 15_600) / 15_360 + 1;
          assertThat(scored(kafka))
              .as("%s %s", detector, again)
              .startsWith(LongStream.range(0, segments).boxed().toArray(Long[]::new))
              .hasSizeBetween((int) segments, (int) segments + 1);
          assertThat(detector.err()).noneMatch(line -> line.startsWith("\tat "));
        }
      }
    }
  }

  @Test
  void detectSaysThatTheTemporaryFolderIsFull() throws Exception {
    // Room for ONNX Runtime's library, which is gone when it is loaded.
    mount("40m");
    try (EarshotProcess detect = detect()) {
      feed(detect);
      assertThat(detect.waitFor(90)).as("%s", detect).isEqualTo(1);
      assertThat(detect.err())
          .as("%s", detect)
          .noneMatch(line -> line.startsWith("\tat "))
          .last()
          .asString()
          .startsWith("earshot: ")
          .contains("no space left in " + disk);
    }
    assertThat(disk.toFile().list((folder, name) -> name.startsWith("earshot-broker"))).isEmpty();
  }

  @Test
  void detectSaysThatThereIsNoRoomForOnnxRuntime() throws Exception {
    mount("12m");
    try (EarshotProcess detect = detect()) {
      assertThat(detect.waitFor(90)).as("%s", detect).isEqualTo(1);
      assertThat(detect.err())
          .as("%s", detect)
          .anyMatch(
              line ->
                  line.startsWith("earshot: ") && line.contains("temporary folder " + disk)
                      || line.contains("no space left in " + disk))
          .noneMatch(line -> line.startsWith("\tat "));
    }
  }

  private EarshotProcess detect() {
    return EarshotProcess.start(
        Shared.home(),
        List.of("-Djava.io.tmpdir=" + disk),
        List.of("detect", "--encoding", "s16le", "-"));
  }

  private EarshotProcess broker(String port) throws Exception {
    EarshotProcess broker = EarshotProcess.start(brokerArguments(port));
    broker.awaitErr(line -> line.startsWith("Kafka at"), 60);
    return broker;
  }

  private String[] brokerArguments(String port) {
    return new String[] {"broker", "--port", port, "--directory", disk + "/b"};
  }

  private static EarshotProcess producer(String kafka) {
    EarshotProcess producer =
        EarshotProcess.start(
            "producer", "--bootstrap-servers", kafka, "--pace", "fast", "--stream", "yard", "-");
    feed(producer);
    return producer;
  }

  /** Raw noise, from a thread of its own: nobody reads on while Kafka is away. */
  private static void feed(EarshotProcess process) {
    byte[] second = new byte[32_000];
    ByteBuffer samples = ByteBuffer.wrap(second).order(ByteOrder.LITTLE_ENDIAN);
    Random random = new Random(5);
    while (samples.hasRemaining()) {
      samples.putShort((short) (1_000 * random.nextGaussian()));
    }
    Thread feeder =
        new Thread(
            () -> {
              try (OutputStream in = process.process().getOutputStream()) {
                for (int i = 0; i < SECONDS; i++) {
                  in.write(second);
                }
              } catch (java.io.IOException e) {
                // The process has ended.
              }
            });
    feeder.setDaemon(true);
    feeder.start();
  }

  /** The indices of the stream's segments in the order of their scores, up to the stream's end. */
  private static List<Long> scored(String kafka) {
    List<Long> indices = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer =
        JsonReader.consumer(Map.of("bootstrap.servers", kafka))) {
      var partitions = JsonReader.partitions(consumer, Topics.SCORES);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
      while (System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (record.headers().lastHeader("end") != null) {
            return indices;
          }
          String index = new String(record.headers().lastHeader("index").value(), US_ASCII);
          indices.add(Long.parseLong(index));
        }
      }
    }
    return indices;
  }

  private static String freePort() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(free.getLocalPort());
    }
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }
}
