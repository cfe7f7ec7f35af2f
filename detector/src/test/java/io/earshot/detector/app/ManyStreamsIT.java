package io.earshot.detector.app;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.producer.frame.Frame;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many streams from the network in one producer, half by UDP and half by TCP, 16 kHz s16le, 40 ms a
 * packet. {@code benchmarks/streams} runs it with 200 of them and tells what processor they take.
 */
class ManyStreamsIT {
  private static final int STREAMS = Integer.getInteger("many.streams", 20);
  private static final int SECONDS = Integer.getInteger("many.seconds", 4);
  private static final int WARM_UP_SECONDS = Integer.getInteger("many.warmup", 1);
  private static final int PACKET_BYTES = 1_280;
  private static final long PACKET_NANOS = 40_000_000;

  /** Of Java, Kafka's clients and the spool; measured: 40 with 4 streams. */
  private static final int MOST_THREADS = 60;

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @TempDir Path folder;

  private final byte[] packet = new byte[PACKET_BYTES];

  @Test
  void allOfItArrivesAndNoStreamHasAThread() throws Exception {
    new Random(1).nextBytes(packet);
    List<Integer> ports =
        Stream.generate(ManyStreamsIT::freePort).distinct().limit(STREAMS).toList();
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        EarshotProcess producer = producer(broker, ports)) {
      producer.awaitErr(line -> line.startsWith("s" + (STREAMS - 1) + " ("), 60);
      send(producer, ports);
      producer.terminate();
      assertThat(producer.waitFor(60)).as("%s", producer).isZero();
      check(broker);
    }
  }

  private EarshotProcess producer(EmbeddedBroker broker, List<Integer> ports) throws Exception {
    String entries =
        IntStream.range(0, STREAMS)
            .mapToObj(i -> "  - {name: s%d, source: '%s'}".formatted(i, source(i, ports.get(i))))
            .collect(joining("\n"));
    Path config =
        Files.writeString(
            folder.resolve("earshot.yaml"),
            "kafka: {bootstrap_servers: \"%s\"}\nspool: {directory: \"%s\"}\nstreams:\n%s\n"
                .formatted(broker.bootstrapServers(), folder.resolve("spool"), entries));
    return EarshotProcess.start("producer", "--config", config.toString());
  }

  private static String source(int stream, int port) {
    return isUdp(stream) ? "udp://:" + port : "tcp://:" + port;
  }

  private static boolean isUdp(int stream) {
    return stream % 2 == 0;
  }

  private void send(EarshotProcess producer, List<Integer> ports) throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (DatagramSocket udp = new DatagramSocket()) {
      for (int i = 0; i < STREAMS; i++) {
        sockets.add(isUdp(i) ? null : new Socket(HERE, ports.get(i)));
      }
      long start = System.nanoTime();
      Duration cpu = Duration.ZERO;
      for (int tick = 0; tick < packets(); tick++) {
        LockSupport.parkNanos(start + tick * PACKET_NANOS - System.nanoTime());
        if (tick == packets(WARM_UP_SECONDS)) {
          cpu = cpu(producer);
        }
        for (int i = 0; i < STREAMS; i++) {
          if (isUdp(i)) {
            udp.send(new DatagramPacket(packet, PACKET_BYTES, HERE, ports.get(i)));
          } else {
            sockets.get(i).getOutputStream().write(packet);
          }
        }
      }
      tell(cpu(producer).minus(cpu), threads(producer));
    } finally {
      for (Socket socket : sockets) {
        if (socket != null) {
          socket.close();
        }
      }
    }
  }

  private static int packets() {
    return packets(WARM_UP_SECONDS + SECONDS);
  }

  private static int packets(int seconds) {
    return (int) (seconds * 1_000_000_000L / PACKET_NANOS);
  }

  private static Duration cpu(EarshotProcess producer) {
    return producer.process().info().totalCpuDuration().orElseThrow();
  }

  private static int threads(EarshotProcess producer) {
    return new File("/proc/" + producer.process().pid() + "/task").list().length;
  }

  private static void tell(Duration cpu, int threads) {
    System.out.printf(
        "%d streams: %.1f %% of a core over %d s, %d threads%n",
        STREAMS, cpu.toMillis() / 10.0 / SECONDS, SECONDS, threads);
    assertThat(threads).isLessThan(MOST_THREADS);
  }

  private void check(EmbeddedBroker broker) throws Exception {
    Map<String, List<Frame>> frames = FramesTopic.read(broker.bootstrapServers());
    assertThat(frames).hasSize(STREAMS);
    frames.forEach(
        (stream, its) -> {
          assertThat(its).as(stream).extracting(Frame::seq).isEqualTo(seqs(its.size()));
          assertThat(its.stream().mapToInt(frame -> frame.pcm().length).sum())
              .as(stream)
              .isEqualTo(packets() * PACKET_BYTES);
          assertThat(its.get(its.size() - 1).end()).as(stream).isTrue();
        });
  }

  private static List<Long> seqs(int count) {
    return IntStream.range(0, count).mapToObj(seq -> (long) seq).toList();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, HERE)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
