package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.segment.RunReplay;
import io.earshot.producer.frame.Frame;
import java.io.File;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is away for longer than the producer's buffers last, and a producer that dies. */
class SpoolIT {
  private static final int FRAME_BYTES = 3_200;

  /** Two seconds of sound. */
  private static final int BUFFER_BYTES = 65_536;

  private static final int BEFORE = 10;
  private static final int AWAY = 40;
  private static final int UNSAFE = 3;
  private static final int AFTER = 10;

  @TempDir Path folder;

  @Test
  void soundOfAnOutageArrivesOnceAndInOrderThoughTheProducerIsKilled() throws Exception {
    int port = freePort();
    try (EarshotProcess killed = producer(port)) {
      OutputStream sound = killed.process().getOutputStream();
      try (EmbeddedBroker broker = broker(port)) {
        sound.write(frames(0, BEFORE));
        sound.flush();
        awaitFrames(broker, BEFORE);
      }
      sound.write(frames(BEFORE, AWAY));
      sound.flush();
      awaitSpooled(killed, AWAY);
      assertThat(AWAY * FRAME_BYTES).isGreaterThan(BUFFER_BYTES);
      sound.write(frames(BEFORE + AWAY, UNSAFE));
      sound.flush();
      killed.process().destroyForcibly().waitFor();
    }
    try (EarshotProcess next = producer(port)) {
      try (OutputStream sound = next.process().getOutputStream()) {
        sound.write(frames(0, AFTER));
      }
      next.awaitErr(line -> line.contains("frames are left from before"), 30);
      try (EmbeddedBroker broker = broker(port)) {
        assertThat(next.waitFor(60)).as("%s", next).isZero();
        check(awaitFrames(broker, BEFORE + AWAY + AFTER + 1), next);
      }
      assertThat(spooledBytes()).as("%s", next).isZero();
    }
  }

  private static void check(List<Frame> frames, EarshotProcess next) throws Exception {
    String first = frames.get(0).session();
    int ofFirst = (int) frames.stream().filter(frame -> frame.session().equals(first)).count();
    assertThat(ofFirst).as("%s", next).isBetween(BEFORE + AWAY, BEFORE + AWAY + UNSAFE);
    assertThat(frames).hasSize(ofFirst + AFTER + 1);
    for (int i = 0; i < frames.size(); i++) {
      int seq = i < ofFirst ? i : i - ofFirst;
      Frame frame = frames.get(i);
      assertThat(frame.seq()).isEqualTo(seq);
      assertThat(frame.session().equals(first)).isEqualTo(i < ofFirst);
      assertThat(frame.end()).isEqualTo(i == frames.size() - 1);
      assertThat(frame.pcm()).isEqualTo(frame.end() ? new byte[0] : frames(seq, 1));
    }
    RunReplay detector = new RunReplay();
    for (Frame frame : frames.subList(0, frames.size() - 1)) {
      assertThat(detector.add(frame, 0)).as("%s", frame).isNotNull();
    }
  }

  private EarshotProcess producer(int port) {
    return EarshotProcess.start(
        "producer",
        "--bootstrap-servers",
        "127.0.0.1:" + port,
        "--set",
        "spool.directory=" + folder.resolve("spool"),
        "--set",
        "spool.catch_up=100",
        "--set",
        "kafka.client.buffer.memory=" + BUFFER_BYTES,
        "--set",
        "kafka.client.batch.size=16384",
        "--stream",
        "yard",
        "-");
  }

  private EmbeddedBroker broker(int port) throws Exception {
    return EmbeddedBroker.start(folder.resolve("broker"), "127.0.0.1", port);
  }

  /** Noise; the same frame is the same noise. */
  private static byte[] frames(int from, int count) {
    byte[] all = new byte[count * FRAME_BYTES];
    for (int i = 0; i < count; i++) {
      byte[] one = new byte[FRAME_BYTES];
      new Random(from + i).nextBytes(one);
      System.arraycopy(one, 0, all, i * FRAME_BYTES, FRAME_BYTES);
    }
    return all;
  }

  private List<Frame> awaitFrames(EmbeddedBroker broker, int count) throws Exception {
    List<Frame> frames = new ArrayList<>();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Consumer<byte[], byte[]> consumer = JsonReader.consumer(kafka)) {
      var partitions = JsonReader.partitions(consumer, Topics.FRAMES);
      while (partitions.isEmpty() && System.nanoTime() < deadline) {
        Thread.sleep(50);
        partitions = JsonReader.partitions(consumer, Topics.FRAMES);
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (frames.size() < count && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          frames.add(
              Frame.read(record.key(), record.value(), record.headers(), record.timestamp()));
        }
      }
    }
    assertThat(frames).hasSizeGreaterThanOrEqualTo(count);
    return frames;
  }

  private void awaitSpooled(EarshotProcess producer, int frames) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (spooledBytes() < (long) frames * FRAME_BYTES) {
      assertThat(System.nanoTime()).as("%s", producer).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private long spooledBytes() {
    File[] files =
        folder.resolve("spool").toFile().listFiles((dir, name) -> name.endsWith("frames"));
    return files == null ? 0 : Arrays.stream(files).mapToLong(File::length).sum();
  }

  private static int freePort() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
